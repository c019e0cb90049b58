import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';

const schema = z.object(whichLetter);

/** 签收: somebody in the department takes the letter on. What a colleague has is never taken from them by this. */
export async function signForLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'sign', version);
  const { handler } = letter;
  if (handler?.id === actor.id) throw conflict('mailbox.errors.signed-already');
  if (handler) throw conflict('mailbox.errors.signed-by-other', { name: handler.name });
  return moveLetter(actor, letter, 'sign', {
    set: { handler: doerOf(actor), signedAt: letter.signedAt ?? now() },
    data: { department: letter.lead?.name ?? '' },
  });
}
