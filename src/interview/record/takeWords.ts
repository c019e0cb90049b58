import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { storeAnswer } from '../actions/answerQuestion.ts';
import { correctTurn } from '../actions/correctTurn.ts';
import { trailEntry } from '../doer.ts';
import type { Interview } from '../interviewModel.ts';
import { findQuestion, type Answer } from '../questionModel.ts';
import { stepOf } from '../review/changePending.ts';
import { cosignersOf, reviewsAnswers, settled } from '../review/settle.ts';
import { inRoom, questionChange } from '../room.ts';
import { isPublicQuestion } from '../question.ts';
import type { Proposal } from './checkModel.ts';

/**
 * Puts the words that a guest proposed in the place of the old ones; `seen` counts the saves that the recorder saw.
 * A turn is corrected at once. An answer goes the way of every correction: whoever signs it agrees, a reviewer lets it
 * through where answers are reviewed, and the old words stay out until then. True when it is on that way.
 */
export async function takeWords(
  actor: Actor,
  { _id: interviewId }: Pick<Interview, '_id'>,
  guestId: string,
  proposal: Proposal,
  seen: number,
): Promise<boolean> {
  const { kind, passageId, text } = proposal;
  if (kind === 'turn') {
    await correctTurn(actor, { interviewId, turnId: passageId, text, version: seen });
    return false;
  }
  let waits = false;
  await inRoom(interviewId, async (fresh, revision) => {
    const question = await findQuestion(interviewId, passageId);
    const guest = fresh.guests.find((one) => one.id === guestId);
    const answer = question.answers.find((one) => one.guestId === guestId);
    if (!guest || answer?.text == null) throw conflict('interview-check.errors.changed-meanwhile');
    waits = answer.pending?.text === text;
    if (waits || answer.text === text) return {};
    if (answer.version !== seen) throw conflict('interview.errors.turn-changed-meanwhile');
    if (answer.pending) throw conflict('interview-check.errors.answer-underway');
    const at = now();
    const { answer: after, stage } = settled(
      { ...answer, draft: text },
      proposedWords(proposal, answer, cosignersOf(question, guestId), reviewsAnswers(fresh)),
      isPublicQuestion(question.state),
      at,
    );
    waits = stage !== 'out';
    const { id: _id, guestId: _guest, guestName: _name, guestTitle: _title, version: _version, ...set } = after;
    const steps = waits ? [...(answer.steps ?? []), stepOf(actor, { what: 'submitted' }, text, at)] : answer.steps;
    const stored = await storeAnswer(actor, question, {
      guest,
      revision,
      seen,
      set: { ...set, ...(steps && { steps }) },
      trail: trailEntry(actor, waits ? 'answer-submitted' : 'correct-answer'),
    });
    return questionChange(fresh, stored);
  });
  return waits;
}

/** The proposed words as they are handed in: by whoever proposed them, who therefore cannot let them through. */
const proposedWords = (
  { text, by }: Proposal,
  answer: Answer,
  cosigners: ReturnType<typeof cosignersOf>,
  reviewed: boolean,
) => ({
  text,
  version: (answer.steps?.length ?? 0) + 1,
  by,
  at: now(),
  original: null,
  cosigners,
  agreed: [],
  reviewed,
  approved: false,
  returned: null,
});
