import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooMany } from '../kernel/errors.ts';
import type { Setting } from '../platform/settings.ts';
import { failedCodesPerAccount, failedSignInsPerAddress, failedSignInsPerName } from './settings.ts';

const windowSeconds = 15 * 60;

function limiterFor(keyPrefix: string, points: Setting<number>) {
  const limiter = new RateLimiterMemory({ keyPrefix, points: points.value(), duration: windowSeconds });
  return () => {
    limiter.points = points.value();
    return limiter;
  };
}
const ofName = limiterFor('sign-in-name', failedSignInsPerName);
const ofAddress = limiterFor('sign-in-address', failedSignInsPerAddress);
const ofCodes = limiterFor('second-factor', failedCodesPerAccount);

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const minutes = Math.max(1, Math.ceil(error.msBeforeNext / 60_000));
    throw tooMany(Math.ceil(error.msBeforeNext / 1000), 'identity.errors.too-many-sign-ins', { minutes });
  }
}

/**
 * Counts a try to sign in before its password is looked at, per user name (whether it exists or not) and per network
 * address; throws a 429 beyond the limit. A success gives the count back, so that only failures add up.
 */
export async function countSignInAttempt(userName: string, address: string | undefined) {
  await consume(ofName(), userName);
  if (address !== undefined) await consume(ofAddress(), address);
  return {
    succeeded: async () => {
      await ofName().delete(userName);
      if (address !== undefined) await ofAddress().reward(address, 1);
    },
  };
}

/**
 * Counts a try of a code of the second factor before it is looked at; throws a 429 beyond the limit. A success gives
 * the count back. Counted apart from passwords: whoever knows the password must not get more guesses by it.
 */
export async function countCodeTry(accountId: string) {
  await consume(ofCodes(), accountId);
  return { succeeded: () => ofCodes().delete(accountId) };
}
