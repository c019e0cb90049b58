import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/id.ts';
import { decisionOf } from '../decision.ts';
import { trailEntry } from '../doer.ts';
import { questionMoves, type RejectionReason } from '../question.ts';
import { changeQuestion, findQuestion } from '../questionModel.ts';
import { inRoom, questionChange } from '../room.ts';
import { unseenQuestions } from './ending.ts';

/** Rejects every question nobody decided on, for one reason that the askers read; one decided meanwhile is left. */
export async function rejectUnseen(
  actor: Actor,
  interviewId: string,
  { reason, text }: { reason: RejectionReason; text: string | null },
): Promise<void> {
  const group = newId();
  const from: readonly string[] = questionMoves.reject.from;
  for (const { _id } of await unseenQuestions(interviewId)) {
    await inRoom(interviewId, async (interview, revision) => {
      const question = await findQuestion(interviewId, _id);
      if (interview.state !== 'closed' || !from.includes(question.state)) return {};
      const after = await changeQuestion(question, {
        from: questionMoves.reject.from,
        set: {
          decided: decisionOf(actor, 'reject', question, group),
          state: 'rejected',
          claim: null,
          rejection: { reason, text },
          revision,
        },
        trail: trailEntry(actor, 'reject', { from: question.state, to: 'rejected', note: text ?? reason }),
        refusedKey: 'interview.errors.already-decided',
      });
      return questionChange(interview, after);
    });
  }
}
