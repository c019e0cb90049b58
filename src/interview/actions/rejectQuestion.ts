import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { trailEntry } from '../doer.ts';
import { decisionOf } from '../decision.ts';
import { questionMoves, rejectReasons } from '../question.ts';
import { changeQuestion } from '../questionModel.ts';
import { asScreener, mineOrNobodys, refuseIfOthers, whichQuestion } from './screenQuestion.ts';

const schema = z
  .object({
    ...whichQuestion,
    reason: z.enum(rejectReasons, say('interview.errors.choose-reason')),
    note: typedText({ min: 0, max: 200 }).default(''),
  })
  .refine(({ reason, note }) => reason !== 'other' || note !== '', {
    path: ['note'],
    message: say('interview.errors.reason-in-words'),
  });

/** A screener does not take a question up, for a reason that the asker reads; `other` needs words of their own. */
export async function rejectQuestion(actor: Actor, input: unknown, group?: string) {
  const { reason, note, ...which } = parse(schema, input);
  return asScreener(
    actor,
    which,
    (question, revision) => {
      refuseIfOthers(actor, question);
      return changeQuestion(question, {
        from: questionMoves.reject.from,
        only: mineOrNobodys(actor),
        set: {
          decided: decisionOf(actor, 'reject', question, group),
          state: 'rejected',
          claim: null,
          rejection: { reason, text: note || null },
          revision,
        },
        trail: trailEntry(actor, 'reject', { from: question.state, to: 'rejected', note: note || reason }),
        refusedKey: 'interview.errors.already-decided',
      });
    },
    'reject',
  );
}
