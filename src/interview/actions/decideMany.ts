import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { id } from '../fields.ts';
import { publishQuestion } from './publishQuestion.ts';
import { rejectQuestion } from './rejectQuestion.ts';

const schema = z.object({
  interviewId: id,
  questionIds: z.preprocess(
    (given) => (given === undefined || given === '' ? [] : [given].flat()),
    z.array(id).min(1, say('interview.errors.choose-questions')).max(100),
  ),
  act: z.enum(['publish', 'reject']),
  reason: z.string().optional(),
  note: z.string().optional(),
});

/**
 * A screener decides on several chosen questions: publishes them as they are, or rejects them for one reason. Each
 * stands for itself: one that somebody else works on is left. Gives which were done and how many were not.
 */
export async function decideMany(actor: Actor, input: unknown): Promise<{ done: string[]; left: number }> {
  const { interviewId, questionIds, act, reason, note } = parse(schema, input);
  const group = newId();
  const done: string[] = [];
  let first: Refusal | undefined;
  for (const questionId of questionIds) {
    const which = { interviewId, questionId };
    try {
      if (act === 'publish') await publishQuestion(actor, which, group);
      else await rejectQuestion(actor, { ...which, reason, note }, group);
      done.push(questionId);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      first ??= error;
    }
  }
  if (done.length === 0 && first) throw first;
  return { done, left: questionIds.length - done.length };
}
