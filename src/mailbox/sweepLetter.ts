import { workingCalendar } from '../calendar/index.ts';
import { systemActor } from '../kernel/actor.ts';
import { now } from '../kernel/time.ts';
import { closeLetter } from './actions/closeLetter.ts';
import { takeTimedStep } from './actions/takeTimedStep.ts';
import { requireLetter } from './letterModel.ts';
import { dueStep } from './timedSteps.ts';

const system = systemActor('mailbox.sweep');

/** 巡检一封信: what the timetable does to this letter at this moment, while the past of a letter is told. */
export async function sweepLetter(letterId: string): Promise<void> {
  const [letter, at, calendar] = [await requireLetter(letterId), now(), await workingCalendar()];
  const step = dueStep(letter, at, calendar);
  if (step) await takeTimedStep(system, letter, step, calendar);
  else if (letter.state === 'replied' && letter.closeAt && letter.closeAt <= at)
    await closeLetter(system, { letterId });
}
