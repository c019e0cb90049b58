import type { WorkingCalendar } from '../kernel/calendar.ts';
import { confirmClock } from '../kernel/clock.ts';
import { now } from '../kernel/time.ts';
import { cityDue, latest, laterCityDue } from './clocks.ts';
import { LetterModel } from './letterModel.ts';
import type { Letter } from './record.ts';

/**
 * A new year's notice is known: deadlines of open letters that were provisional are counted again. All others stay
 * as they were decided; of those that would be later by now it is written down, so that somebody moves them and nothing
 * is late before. Harmless when done twice.
 */
export async function recountLetters(calendar: WorkingCalendar): Promise<void> {
  const open = await LetterModel.find(
    { open: true },
    { clocks: 1, assisting: 1, version: 1, facts: 1, laterDueAt: 1 },
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
    const clocks = letter.clocks.map((clock) => confirmClock(clock, at, calendar));
    const assisting = letter.assisting.map((one) => ({ ...one, clock: confirmClock(one.clock, at, calendar) }));
    const answerDueAt = latest(clocks, 'answer')?.deadline.dueAt ?? null;
    const due = letter.facts.repliedAt || !answerDueAt ? {} : { 'facts.answerDueAt': answerDueAt };
    await LetterModel.collection.updateOne(
      { _id: letter._id as never, version: letter.version },
      {
        $set: { clocks, assisting, dueAt: cityDue(clocks), laterDueAt: null, changedAt: new Date(), ...due },
        $inc: { version: 1 },
      },
    );
  }
}

async function noteLater({ _id, version, clocks, laterDueAt }: Letter, calendar: WorkingCalendar): Promise<void> {
  const later = laterCityDue(clocks, calendar);
  if ((later?.getTime() ?? 0) === (laterDueAt?.getTime() ?? 0)) return;
  const change = { $set: { laterDueAt: later, changedAt: new Date() } };
  await LetterModel.collection.updateOne({ _id: _id as never, version }, change);
}
