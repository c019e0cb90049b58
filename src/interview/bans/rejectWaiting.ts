import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/errors.ts';
import { decisionOf } from '../decision.ts';
import { trailEntry } from '../doer.ts';
import { questionMoves } from '../question.ts';
import { changeQuestion, findQuestion, QuestionModel } from '../questionModel.ts';
import { inRoom, questionChange } from '../room.ts';

/** Rejects what a banned person's questions still wait for; one that was decided meanwhile is left. Gives how many. */
export async function rejectWaitingOf(actor: Actor, interviewId: string, personId: string): Promise<number> {
  const own = await QuestionModel.find({ interviewId, askerId: personId }, { state: 1 }).lean();
  const from = questionMoves.reject.from;
  const waiting = own.filter(({ state }) => from.some((one) => one === state));
  let rejected = 0;
  for (const { _id } of waiting) {
    await inRoom(interviewId, async (interview, revision) => {
      try {
        const question = await findQuestion(interviewId, _id);
        const after = await changeQuestion(question, {
          from,
          set: {
            decided: decisionOf(actor, 'reject', question),
            state: 'rejected',
            claim: null,
            rejection: { reason: 'banned', text: null },
            revision,
          },
          trail: trailEntry(actor, 'reject', { from: question.state, to: 'rejected', note: 'banned' }),
          refusedKey: 'interview.errors.already-decided',
        });
        rejected += 1;
        return questionChange(interview, after);
      } catch (error) {
        if (error instanceof Refusal) return {};
        throw error;
      }
    });
  }
  return rejected;
}
