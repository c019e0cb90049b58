import type { WorkingCalendar } from '../kernel/calendar.ts';
import { confirmClock, type StageClock } from '../kernel/clock.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { cityDue, latest, laterCityDue } from './clocks.ts';
import { LetterModel } from './letterModel.ts';
import { moment } from './notices.ts';
import type { Letter } from './record.ts';
import type { TrailEntry } from './trailRecord.ts';

/**
 * A new year's notice is known: deadlines of open letters that were provisional are counted again. All others stay
 * as they were decided; of those that would be later by now it is written down, so that somebody moves them and nothing
 * is late before. Harmless when done twice.
 */
export async function recountLetters(calendar: WorkingCalendar): Promise<void> {
  const open = await LetterModel.find(
    { open: true },
    { clocks: 1, assisting: 1, version: 1, facts: 1, laterDueAt: 1, state: 1 },
  ).lean<Letter[]>();
  const at = now();
  for (const letter of open) {
    const provisional = [...letter.clocks, ...letter.assisting.map(({ clock }) => clock)].some(
      (clock) => !clock.endedAt && clock.deadline.provisional,
    );
    if (!provisional) {
      await noteLater(letter, calendar);
      continue;
    }
    const clocks = letter.clocks.map((clock) => confirmed(clock, at, calendar));
    const assisting = letter.assisting.map((one) => ({ ...one, clock: confirmed(one.clock, at, calendar) }));
    const isMoved = clocks.some((clock, index) => dueOf(clock) !== dueOf(letter.clocks[index]));
    const answerDueAt = latest(clocks, 'answer')?.deadline.dueAt ?? null;
    const due = letter.facts.repliedAt || !answerDueAt ? {} : { 'facts.answerDueAt': answerDueAt };
    await LetterModel.collection.updateOne(
      { _id: letter._id as never, version: letter.version },
      {
        $set: { clocks, assisting, dueAt: cityDue(clocks), laterDueAt: null, changedAt: new Date(), ...due },
        $inc: { version: 1 },
        ...(isMoved ? { $push: { trail: announced(letter, cityDue(clocks), at) as never } } : {}),
      },
    );
  }
}

const dueOf = (clock: StageClock | undefined): number | undefined => clock?.deadline.dueAt?.getTime();

/** A provisional deadline as the year's notice puts it; where it was before stays written down, as was promised. */
function confirmed(clock: StageClock, at: Date, calendar: WorkingCalendar): StageClock {
  const fresh = confirmClock(clock, at, calendar);
  const from = clock.deadline.dueAt;
  if (!from || clock.endedAt || dueOf(fresh) === from.getTime()) return fresh;
  return { ...fresh, deadline: { ...fresh.deadline, moved: { from, at, reason: '' } } };
}

/** The line in the course of the letter, for the writer as well. */
const announced = ({ state }: Letter, dueAt: Date | null, at: Date): TrailEntry => ({
  id: newId(),
  verb: 'move-deadline',
  at,
  by: { kind: 'system', id: 'system', name: '' },
  from: state,
  to: state,
  data: { dueAt: moment(dueAt) },
});

async function noteLater({ _id, version, clocks, laterDueAt }: Letter, calendar: WorkingCalendar): Promise<void> {
  const later = laterCityDue(clocks, calendar);
  if ((later?.getTime() ?? 0) === (laterDueAt?.getTime() ?? 0)) return;
  const change = { $set: { laterDueAt: later, changedAt: new Date() } };
  await LetterModel.collection.updateOne({ _id: _id as never, version }, change);
}
