import { now } from '../../kernel/time.ts';
import type { Interview } from '../interviewModel.ts';
import { QuestionModel } from '../questionModel.ts';
import { TurnModel } from '../turnModel.ts';

const graceMs = 60_000;

/** A start after this moment can still be taken back. */
export const startsTakenBackAfter = (): Date => new Date(now().getTime() - graceMs);

/** True while a start may be taken back: a minute long, and only while no word and no answer has come out. */
export async function mayTakeBackStart(interview: Pick<Interview, '_id' | 'state' | 'startedAt'>): Promise<boolean> {
  const { _id: interviewId, state, startedAt } = interview;
  if (state !== 'live' || !startedAt || startedAt <= startsTakenBackAfter()) return false;
  const [turn, answer] = await Promise.all([
    TurnModel.exists({ interviewId, waiting: { $ne: true } }),
    QuestionModel.exists({ interviewId, answers: { $elemMatch: { text: { $ne: null } } } }),
  ]);
  return !turn && !answer;
}
