import { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { plainCode, plainLetterNumber } from '../kernel/typedLine.ts';
import { letterByNumber } from './letterModel.ts';
import { passFits } from './pass.ts';
import type { Letter } from './record.ts';
import { hashCode, sameHash } from './secrets.ts';
import { isPossible, type transitions } from './transitions.ts';

/** How a writer names their letter: its number and the query code, or the pass given for it. */
export const writerFields = { number: z.string().trim().max(40), code: z.string().max(200).default('') };

/**
 * Gives the letter to its writer. The same 404 for a number that is not there and a code that does not fit, after
 * the same work.
 */
export async function letterOfWriter(actor: Actor, number: string, code: string): Promise<Letter> {
  const plainNumber = plainLetterNumber(number);
  const letter = await letterByNumber(plainNumber);
  const fits = sameHash(letter?.codeHash ?? hashCode('none', 'none'), hashCode(plainNumber, plainCode(code)));
  const own = letter !== undefined && actor.kind === 'citizen' && letter.writerId === actor.id;
  if (letter && (fits || own || passFits(code, letter._id))) return letter;
  throw notFound('mailbox.errors.no-such-letter');
}

/** The same for one act of the writer; 409 when the state does not allow it. */
export async function writersLetterForAct(
  actor: Actor,
  given: { number: string; code: string },
  verb: keyof typeof transitions,
): Promise<Letter> {
  const letter = await letterOfWriter(actor, given.number, given.code);
  if (!isPossible(verb, letter.state)) throw conflict('mailbox.errors.not-in-this-state');
  return letter;
}
