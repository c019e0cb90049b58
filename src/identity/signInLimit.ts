import { tooMany } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';
import type { Setting } from '../platform/settings.ts';
import { forgetShared, giveBackShared, takeShared } from '../platform/sharedCounts.ts';
import { fingerprint } from './keys.ts';
import { failedCodesPerAccount, failedSignInsPerAddress, failedSignInsPerName } from './settings.ts';

const windowMs = 15 * 60_000;

/** Counts tries of one kind in the database, so that a limit holds however many processes answer. */
function limitOf(kind: string, limit: Setting<number>) {
  const idOf = (key: string) => `${kind}:${fingerprint('sign-in-limit', key)}`;

  async function take(key: string): Promise<void> {
    const { taken, left } = await takeShared(idOf(key), { limit: limit.value(), windowMs, at: now() });
    if (taken) return;
    const minutes = Math.max(1, Math.ceil(left / 60_000));
    throw tooMany(Math.ceil(left / 1000), 'identity.errors.too-many-sign-ins', { minutes });
  }

  return {
    take,
    forget: (key: string) => forgetShared(idOf(key)),
    giveBack: (key: string) => giveBackShared(idOf(key)),
  };
}
const ofName = limitOf('name', failedSignInsPerName);
const ofAddress = limitOf('address', failedSignInsPerAddress);
const ofCodes = limitOf('code', failedCodesPerAccount);

/**
 * Counts a try to sign in before its password is looked at, per user name (whether it exists or not) and per network
 * address; throws a 429 beyond the limit. A success gives the count back, so that only failures add up.
 */
export async function countSignInAttempt(userName: string, address: string | undefined) {
  await ofName.take(userName);
  if (address !== undefined) await ofAddress.take(address);
  return {
    succeeded: async () => {
      await ofName.forget(userName);
      if (address !== undefined) await ofAddress.giveBack(address);
    },
  };
}

/**
 * Counts a try of a code of the second factor before it is looked at; throws a 429 beyond the limit. A success gives
 * the count back. Counted apart from passwords: whoever knows the password must not get more guesses by it.
 */
export async function countCodeTry(accountId: string) {
  await ofCodes.take(accountId);
  return { succeeded: () => ofCodes.forget(accountId) };
}
