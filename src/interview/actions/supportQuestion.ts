import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { id } from '../fields.ts';
import { takeSupport, type Supported } from '../supports.ts';

const schema = z.object({ interviewId: id, questionId: id });

/**
 * A citizen supports a published question 支持. Takes { interviewId, questionId }; gives the number of supports.
 * Once a person and question: a second time changes nothing and is no fault.
 */
export async function supportQuestion(actor: Actor, input: unknown): Promise<Supported> {
  const wish = parse(schema, input);
  if (actor.kind !== 'guest' && actor.kind !== 'citizen') throw forbidden('interview.errors.staff-cannot-support');
  return takeSupport({ ...wish, personId: actor.id, kind: actor.kind });
}
