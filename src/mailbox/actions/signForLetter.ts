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

/** 签收: somebody in the department takes the letter on. Signing again hands it to whoever signs. */
export async function signForLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'sign', version);
  if (letter.handler?.id === actor.id) throw conflict('mailbox.errors.signed-already');
  return moveLetter(actor, letter, 'sign', {
    set: { handler: doerOf(actor), signedAt: letter.signedAt ?? now() },
    data: { department: letter.lead?.name ?? '' },
  });
}
