import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { questionMoves } from '../question.ts';
import { changeQuestion } from '../questionModel.ts';
import { asScreener, mineOrNobodys, refuseIfOthers, whichQuestion } from './screenQuestion.ts';

const schema = z.object({ ...whichQuestion, take: z.stringbool().or(z.boolean()).default(false) });

/** A screener begins to look at a question, so that nobody else does the same work; `take: true` takes it over. */
export async function claimQuestion(actor: Actor, input: unknown) {
  const { take, ...which } = parse(schema, input);
  return asScreener(actor, which, (question, revision) => {
    if (!take) refuseIfOthers(actor, question);
    const { id, name } = doerOf(actor);
    // Whose it is already: nothing changes, and an edit that was begun keeps its version
    if (question.state === 'screening' && question.claim?.id === id) return Promise.resolve(question);
    return changeQuestion(question, {
      from: questionMoves.claim.from,
      only: take ? () => true : mineOrNobodys(actor),
      set: { state: 'screening', claim: { id, name, at: now() }, revision },
      trail: trailEntry(actor, 'claim', { from: question.state, to: 'screening' }),
      refusedKey: 'interview.errors.already-decided',
    });
  });
}
