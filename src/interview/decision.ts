import type { Actor } from '../kernel/actor.ts';
import { conflict } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';
import { doerOf } from './doer.ts';
import { QuestionModel, type Decision, type Question } from './questionModel.ts';

/** Seconds in which the desk offers to take a decision back, and in which it is still taken: forms are slower. */
export const undoSeconds = 10;
export const undoTakenSeconds = 30;

/** A decision as the question keeps it, with all it takes to go back. */
export function decisionOf(actor: Actor, act: Decision['act'], question: Question, group?: string): Decision {
  const { state, claim, text, original } = question;
  return {
    act,
    by: doerOf(actor).id,
    at: now(),
    ...(group ? { group } : {}),
    before: { state, claim, text, original },
  };
}

/** A question into which others were merged stays until they are taken out again. */
export async function refuseIfMergedInto(question: Question): Promise<void> {
  if (question.alike === 0) return;
  const count = await QuestionModel.countDocuments({ mergedInto: question._id });
  if (count > 0) throw conflict('interview.errors.has-merged', { count });
}
