import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { questionMoves } from '../question.ts';
import { changeQuestion } from '../questionModel.ts';
import { asScreener, mineOrNobodys, refuseIfOthers, whichQuestionSchema } from './screenQuestion.ts';

/** A screener puts a question back into the queue, undecided. */
export async function releaseQuestion(actor: Actor, input: unknown) {
  return asScreener(actor, parse(whichQuestionSchema, input), (question, revision) => {
    refuseIfOthers(actor, question);
    return changeQuestion(question, {
      from: questionMoves.release.from,
      only: mineOrNobodys(actor),
      set: { state: 'received', claim: null, revision },
      trail: trailEntry(actor, 'release', { from: question.state, to: 'received' }),
      refusedKey: 'interview.errors.already-decided',
    });
  });
}
