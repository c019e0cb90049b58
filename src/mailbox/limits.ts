import type { Request } from 'express';
import { isProven } from '../moderation/index.ts';
import { rateLimit } from '../web/rateLimit.ts';

/** What the work that goes with a letter is done for. */
export const proofOfLetter = 'letter';

/** Letters with a proof of work, and without one (no scripts): a person writes few, a machine many. */
export const provenLetters = rateLimit('letter', { person: 12, address: 200, seconds: 3600, shared: true });
const plainLetters = rateLimit('letter-plain', { person: 3, address: 10, seconds: 3600, shared: true });
/** Tries to open a letter: per person and address, and per letter, so that many addresses cannot share the guessing. */
const tries = rateLimit('letter-track', { person: 20, address: 100, seconds: 600, shared: true });
const triesOfNumber = rateLimit('letter-track-number', {
  person: 30,
  address: 1_000_000,
  seconds: 3600,
  shared: true,
});

/** Counts a letter that somebody wants to send. */
export async function countLetter(request: Request): Promise<void> {
  const proven = await isProven((request.body as Record<string, unknown>)['altcha'], proofOfLetter);
  await (proven ? provenLetters : plainLetters).consume(request.actor?.id, request.ip);
}

/** Counts a try to open a letter with number and code. */
export async function countTry(request: Request, number: string): Promise<void> {
  await tries.consume(request.actor?.id, request.ip);
  await triesOfNumber.consume(number.slice(0, 20), undefined);
}

/** Looking for similar letters while typing. */
export const similarLimit = rateLimit('letter-similar', { person: 60, address: 1500, seconds: 60 });
