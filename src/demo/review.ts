import mongoose from 'mongoose';
import { agreeToAnswer, approveAnswer, passQuestion, publishAnswer, setAnswerReview } from '../interview/index.ts';
import { jointAnswer, waitingAnswer } from './content/coming.ts';
import type { StagedInterview } from './history.ts';

interface Waiting {
  _id: string;
  answers: { id: string; pending: { stage: string; version: number; at: Date } | null }[];
}

/** Answers that wait for a reviewer, the oldest first. */
async function waitingAnswers({ id }: StagedInterview) {
  const questions = await mongoose.connection
    .collection<Waiting & { interviewId: string }>('questions')
    .find({ interviewId: id, 'answers.pending.stage': 'reviewing' })
    .project<Waiting>({ answers: 1 })
    .toArray();
  return questions
    .flatMap(({ _id: questionId, answers }) =>
      answers.flatMap(({ id: answerId, pending }) =>
        pending?.stage === 'reviewing' ? [{ questionId, answerId, version: pending.version, at: pending.at }] : [],
      ),
    )
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Lets answers through that have waited for so many milliseconds; the newest stays for whoever plays the reviewer. */
export async function approveRipe(staged: StagedInterview, patience: number): Promise<void> {
  const ripe = (await waitingAnswers(staged)).slice(0, -1).filter(({ at }) => Date.now() - at.getTime() > patience);
  for (const { at: _at, ...which } of ripe) await approveAnswer(staged.actor, { ...which, interviewId: staged.id });
}

/** From here on answers are reviewed: one is answered jointly and out, one waits for the reviewer. */
export async function beginReview(staged: StagedInterview, open: readonly string[]): Promise<void> {
  const { id: interviewId, actor, guestIds } = staged;
  const [lead, second] = guestIds;
  const [waiting, joint] = open;
  await setAnswerReview(actor, { interviewId, review: 'on' });
  if (!lead || !second || !joint || !waiting) return;
  const which = { interviewId, questionId: joint };
  await passQuestion(actor, { ...which, to: `guest:${lead}`, jointly: [second] });
  const { answerId } = await publishAnswer(actor, { ...which, guestId: lead, text: jointAnswer, version: 0 });
  await agreeToAnswer(actor, { ...which, answerId, guestId: second, version: 1 });
  await approveAnswer(actor, { ...which, answerId, version: 1 });
  const given = { interviewId, questionId: waiting, guestId: lead, text: waitingAnswer, version: 0 };
  await publishAnswer(actor, given);
}
