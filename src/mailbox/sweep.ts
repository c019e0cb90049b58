import { workingCalendar } from '../calendar/index.ts';
import { cityDay, isWorkingDay, type WorkingCalendar } from '../kernel/calendar.ts';
import { systemActor } from '../kernel/actor.ts';
import { Refusal } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';
import { closeLetter } from './actions/closeLetter.ts';
import { takeTimedStep } from './actions/takeTimedStep.ts';
import { LetterModel, moveLetter } from './letterModel.ts';
import { tellWriter } from './notices.ts';
import type { Letter } from './record.ts';
import { dueStep, horizon } from './timedSteps.ts';
import { forgetTroubles, noteTrouble } from './troubleModel.ts';

const batch = 200;
const system = systemActor('mailbox.sweep');

/** How much one round did; a second one right after it does nothing. */
export interface Swept {
  looked: number;
  steps: number;
  remindedToRate: number;
  closed: number;
  /** Letters with which something failed; they hold nobody else up and are tried again in the next round. */
  failed: number;
}

/** 定时巡检: reminders, cards, questions nobody answered, reminders to rate, closing. Harmless when run twice. */
export async function sweepLetters(): Promise<Swept> {
  const [at, calendar] = [now(), await workingCalendar()];
  const near = await candidates({ open: true, dueAt: { $lte: horizon(at, calendar) } });
  const waiting = await candidates({ open: true, dueAt: null });
  const failed = new Set<string>();
  const steps = await takeSteps([...near, ...waiting], at, calendar, failed);
  const working = isWorkingDay(calendar, cityDay(at));
  const remindedToRate = working ? await remindToRate(at, calendar, failed) : 0;
  const closed = await closeOver(at, failed);
  await forgetTroubles('sweep', at);
  return { looked: near.length + waiting.length, steps, remindedToRate, closed, failed: failed.size };
}

function candidates(filter: Record<string, unknown>): Promise<Letter[]> {
  const fields = { clocks: 1, timed: 1, urgency: 1, lead: 1, state: 1 };
  return LetterModel.find(filter, fields).lean<Letter[]>();
}

async function takeSteps(
  found: readonly Letter[],
  at: Date,
  calendar: WorkingCalendar,
  failed: Set<string>,
): Promise<number> {
  const due: string[] = [];
  for (const letter of found) {
    try {
      if (dueStep(letter, at, calendar)) due.push(letter._id);
    } catch (error) {
      failed.add(letter._id);
      await noteTrouble(letter._id, 'sweep', error);
    }
  }
  return eachLetter(due, failed, async (letter) => {
    const step = dueStep(letter, at, calendar);
    if (step) await takeTimedStep(system, letter, step, calendar);
  });
}

/**
 * Reads letters whole, a batch at a time; one that changed meanwhile is left to the next round, one that throws is
 * written down and holds nobody up. Gives how many went.
 */
async function eachLetter(
  ids: readonly string[],
  failed: Set<string>,
  run: (letter: Letter) => Promise<unknown>,
): Promise<number> {
  let done = 0;
  for (let start = 0; start < ids.length; start += batch) {
    const letters = await LetterModel.find({ _id: { $in: ids.slice(start, start + batch) } }).lean<Letter[]>();
    const results = await Promise.allSettled(letters.map(async (letter) => run(letter)));
    for (const [place, result] of results.entries()) {
      const id = letters[place]?._id ?? '';
      if (result.status === 'fulfilled') done += 1;
      else if (!(result.reason instanceof Refusal)) {
        failed.add(id);
        await noteTrouble(id, 'sweep', result.reason);
      }
    }
  }
  return done;
}

async function remindToRate(at: Date, calendar: WorkingCalendar, failed: Set<string>): Promise<number> {
  const found = await idsOf({ state: 'replied', ratingReminderAt: { $lte: at, $gt: new Date(0) } });
  return eachLetter(found, failed, (letter) =>
    moveLetter(system, letter, 'remind-rating', {
      set: { ratingReminderAt: null },
      tell: letter.rating ? [] : [tellWriter(letter, 'rating', calendar)],
    }),
  );
}

async function closeOver(at: Date, failed: Set<string>): Promise<number> {
  const found = await idsOf({ state: 'replied', closeAt: { $lte: at, $gt: new Date(0) } });
  return eachLetter(found, failed, ({ _id, version }) => closeLetter(system, { letterId: _id, version }));
}

async function idsOf(filter: Record<string, unknown>): Promise<string[]> {
  const rows = await LetterModel.find(filter, { _id: 1 }).lean<{ _id: string }[]>();
  return rows.map(({ _id }) => _id);
}
