import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { id } from '../fields.ts';
import { provenBy } from '../guard/pass.ts';
import { takeSupport, type Supported } from '../supports.ts';

const schema = z.object({
  interviewId: id,
  questionId: id,
  /** Where the room is guarded: a solved piece of work, or the pass that one earned. */
  proof: z.string().max(5000).optional(),
  pass: z.string().max(300).optional(),
});

/**
 * A citizen supports a published question 支持. Takes { interviewId, questionId }; gives the number of supports, and a
 * pass when work was sent.
 * Once a person and question: a second time changes nothing and is no fault.
 */
export async function supportQuestion(actor: Actor, input: unknown): Promise<Supported & { pass?: string }> {
  const { proof, pass, ...wish } = parse(schema, input);
  if (actor.kind !== 'guest' && actor.kind !== 'citizen') throw forbidden('interview.errors.staff-cannot-support');
  const standing = await provenBy(actor, wish.interviewId, { proof, pass });
  const taken = await takeSupport({ ...wish, personId: actor.id, kind: actor.kind, proven: standing.proven });
  return standing.pass === undefined ? taken : { ...taken, pass: standing.pass };
}
