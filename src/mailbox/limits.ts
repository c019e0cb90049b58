import type { Request } from 'express';
import { Refusal } from '../kernel/errors.ts';
import { plainLetterNumber } from '../kernel/typedLine.ts';
import { isProven } from '../moderation/index.ts';
import { networkOf } from '../web/network.ts';
import { rateLimit } from '../web/rateLimit.ts';

/** What the work that goes with a letter is done for. */
export const proofOfLetter = 'letter';

const ofLetters = { seconds: 3600, shared: true, told: 'mailbox.errors.too-many-letters' };
const ofMisses = { shared: true, told: 'mailbox.errors.too-many-misses' };

/** Letters with a proof of work, and without one (no scripts): a person writes few, a machine many. */
export const provenLetters = rateLimit('letter', { person: 12, address: 200, ...ofLetters });
const plainLetters = rateLimit('letter-plain', { person: 3, address: 10, ...ofLetters });
const misses = rateLimit('letter-track', { person: 20, address: 100, seconds: 600, ...ofMisses });
const missesOfNumber = rateLimit('letter-track-number', { person: 30, seconds: 3600, ...ofMisses });

/** Counts a letter that somebody wants to send. */
export async function countLetter(request: Request): Promise<void> {
  const proven = await isProven((request.body as Record<string, unknown>)['altcha'], proofOfLetter);
  await (proven ? provenLetters : plainLetters).count(request);
}

/**
 * Opens a letter with what was given. Only misses count, for the person, the network, and for the network and the
 * number together: numbers are public, and nobody may be locked out of their own letter by guesses of others.
 */
export async function countingMisses<Opened>(
  request: Request,
  number: string,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) {
      await misses.count(request);
      await missesOfNumber.consume(
        `${plainLetterNumber(number).slice(0, 20)} ${networkOf(request.ip ?? '')}`,
        undefined,
      );
    }
    throw error;
  }
}

/** Looking for similar letters while typing. */
export const similarLimit = rateLimit('letter-similar', { person: 60, address: 1500, seconds: 60 });

/** Going from one step of a letter to the next: counted before anything typed is looked at. */
export const countStep = rateLimit('letter-step', { person: 120, address: 3000, seconds: 600 }).count;
