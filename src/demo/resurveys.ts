import { workingCalendar } from '../calendar/index.ts';
import { addDays, addWorkingDays, cityDay, cityMoment } from '../kernel/calendar.ts';
import { Refusal } from '../kernel/errors.ts';
import { drawResurveySample, recordResurvey } from '../mailbox/index.ts';
import { momentAt } from './clock.ts';
import { notReached, saidOnTheTelephone } from './content/letterWords.ts';
import type { LetterCase } from './letterCase.ts';
import { seededRandom } from './random.ts';

const size = 12;

/** Telephone re-surveys 电话回访 of the last two months: drawn, called, some not reached, some still to call. */
export async function callBack(cases: readonly LetterCase[], today: Date): Promise<void> {
  const supervisor = cases[0]?.official('supervisor');
  if (!supervisor) return;
  const calendar = await workingCalendar();
  const thisMonth = `${cityDay(today).slice(0, 7)}-01`;
  const lastMonth = `${addDays(thisMonth, -1).slice(0, 7)}-01`;
  const drawings = [
    {
      month: addDays(lastMonth, -1).slice(0, 7),
      day: addWorkingDays(calendar, addDays(lastMonth, 24), 1),
      called: size,
    },
    { month: lastMonth.slice(0, 7), day: addWorkingDays(calendar, cityDay(today), -2), called: size - 4 },
  ];
  const random = seededRandom(41);
  for (const { month, day, called } of drawings) {
    const at = cityMoment(day, '09:40');
    const sample = await drawn(() => momentAt(at, () => drawResurveySample(supervisor, { month, size })));
    for (const [index, letterId] of (sample?.letterIds ?? []).slice(0, called).entries()) {
      const call = { letterId, sample: sample?._id, ...said(random()) };
      const later = new Date(at.getTime() + (index + 1) * 11 * 60_000);
      await drawn(() => momentAt(later, () => recordResurvey(supervisor, call)));
    }
  }
}

function said(chance: number) {
  if (chance < 0.17) return { reached: 'no', remark: notReached };
  const satisfaction = chance < 0.27 ? 'dissatisfied' : chance < 0.45 ? 'fairly' : 'satisfied';
  const solved = satisfaction === 'dissatisfied' || chance < 0.36 ? 'no' : 'yes';
  return { reached: '1', satisfaction, solved, remark: saidOnTheTelephone[satisfaction] };
}

/** A small city has months without letters, and a letter handled again is not called about. */
async function drawn<Result>(deed: () => Promise<Result>): Promise<Result | null> {
  try {
    return await deed();
  } catch (error) {
    if (error instanceof Refusal && error.status === 409) return null;
    throw error;
  }
}
