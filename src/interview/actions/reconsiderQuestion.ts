import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { refuseIfMergedInto } from '../decision.ts';
import { questionMoves } from '../question.ts';
import { changeQuestion } from '../questionModel.ts';
import { asScreener, whichQuestionSchema } from './screenQuestion.ts';

/** A screener takes a decision back: the question is on their desk again, and gone for everyone else. */
export async function reconsiderQuestion(actor: Actor, input: unknown) {
  return asScreener(
    actor,
    parse(whichQuestionSchema, input),
    async (question, revision, interview) => {
      if (interview.onStage === question._id) throw conflict('interview.errors.on-stage');
      await refuseIfMergedInto(question);
      const { id, name } = doerOf(actor);
      return changeQuestion(question, {
        from: questionMoves.reconsider.from,
        set: { state: 'screening', claim: { id, name, at: now() }, rejection: null, decided: null, revision },
        trail: trailEntry(actor, 'reconsider', { from: question.state, to: 'screening' }),
        refusedKey: 'interview.errors.cannot-take-back',
      });
    },
    'reconsider',
  );
}
