import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { mayWithdraw, questionMoves } from '../question.ts';
import { changeQuestion, findQuestion } from '../questionModel.ts';
import { inRoom, questionChange } from '../room.ts';

const schema = z.object({ interviewId: id, questionId: id });

/**
 * Who asked takes a question back 撤回 that nobody has decided on yet, to change it or to leave it. Gives its words, which
 * can be asked anew. It does not count among the questions that one person may ask.
 */
export async function withdrawQuestion(actor: Actor, input: unknown): Promise<{ text: string }> {
  const { interviewId, questionId } = parse(schema, input);
  let text = '';
  await inRoom(interviewId, async (interview, revision) => {
    const question = await findQuestion(interviewId, questionId);
    if (question.askerId !== actor.id) throw notFound('interview.errors.question-not-found');
    text = question.original ?? question.text;
    if (question.state === 'withdrawn') return {};
    if (!mayWithdraw(question, interview)) throw conflict('interview.errors.already-decided');
    const after = await changeQuestion(question, {
      from: questionMoves.withdraw.from,
      only: (seen) => mayWithdraw(seen, interview),
      set: { state: 'withdrawn', claim: null, revision },
      trail: trailEntry(actor, 'withdraw', { from: question.state, to: 'withdrawn' }),
      refusedKey: 'interview.errors.already-decided',
    });
    return questionChange(interview, after);
  });
  return { text };
}
