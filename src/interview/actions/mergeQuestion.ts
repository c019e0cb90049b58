import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { isId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { decisionOf } from '../decision.ts';
import { trailEntry } from '../doer.ts';
import { beginRecounting, recount } from '../groups.ts';
import { isPublicQuestion, questionMoves } from '../question.ts';
import { changeQuestion, findQuestion, QuestionModel } from '../questionModel.ts';
import { tellVotes } from '../supports.ts';
import { asScreener, mineOrNobodys, refuseIfOthers, whichQuestion } from './screenQuestion.ts';

const schema = z.object({ ...whichQuestion, intoId: z.string().max(200).default('') });

/**
 * A screener merges 合并 a question into a published one that asks the same. Takes { interviewId, questionId, intoId }. Everyone who supports either is counted once; the asker goes along and is told.
 */
export async function mergeQuestion(actor: Actor, input: unknown) {
  const { interviewId, questionId, intoId } = parse(schema, input);
  if (!isId(intoId) || intoId === questionId) throw invalid({ intoId: { key: 'interview.errors.choose-target' } });
  const merge = asScreener(
    actor,
    { interviewId, questionId },
    async (question, revision, interview) => {
      refuseIfOthers(actor, question);
      if (interview.onStage === question._id) throw conflict('interview.errors.on-stage');
      const into = await findQuestion(interviewId, intoId);
      if (!isPublicQuestion(into.state)) throw conflict('interview.errors.target-not-public');
      // Before the merge itself: whatever happens after it, the next count finds it
      await beginRecounting([questionId, intoId]);
      const merged = await changeQuestion(question, {
        from: questionMoves.merge.from,
        only: mineOrNobodys(actor),
        set: {
          state: 'merged',
          claim: null,
          mergedInto: intoId,
          decided: decisionOf(actor, 'merge', question),
          revision,
        },
        trail: trailEntry(actor, 'merge', { from: question.state, to: 'merged', note: intoId }),
        refusedKey: 'interview.errors.already-decided',
      });
      await recount(intoId);
      await QuestionModel.updateOne({ _id: intoId }, { $set: { revision } });
      return merged;
    },
    'merge',
  );
  const after = await merge;
  await tellVotes(interviewId, [intoId]);
  return after;
}
