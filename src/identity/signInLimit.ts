import { tooMany } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';
import type { Setting } from '../platform/settings.ts';
import { forgetShared, giveBackShared, takeShared } from '../platform/sharedCounts.ts';
import { fingerprint } from './keys.ts';
import { officialNamed, type Requester } from './requester.ts';
import {
  failedCodesPerAccount,
  failedSignInsPerAddress,
  failedSignInsPerName,
  failedSignInsPerNameEverywhere,
} from './settings.ts';

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
const ofNameEverywhere = limitOf('name-everywhere', failedSignInsPerNameEverywhere);
const ofNetwork = limitOf('address', failedSignInsPerAddress);
const ofCodes = limitOf('code', failedCodesPerAccount);

/**
 * Counts a try to sign in before its password is looked at; throws a 429 beyond the limit. A browser that was let in
 * before counts for itself. A stranger counts per name (whether it exists or not) and network, per network, and per
 * name in the whole world, which only a crowd of machines reaches. `revision` is the account's: after a new password
 * from the administrator counting begins anew. A success gives the count back, so that only failures add up.
 */
export async function countSignInAttempt(userName: string, revision: number, requester: Requester) {
  const name = `${userName} ${revision}`;
  if (requester.knows(officialNamed(userName))) {
    const own = `${name} device ${requester.device}`;
    await ofName.take(own);
    return { succeeded: () => ofName.forget(own) };
  }
  const here = `${name} network ${requester.network}`;
  await ofName.take(here);
  await ofNetwork.take(requester.network);
  await ofNameEverywhere.take(name);
  return {
    succeeded: async () => {
      await Promise.all([ofName.forget(here), ofNameEverywhere.giveBack(name), ofNetwork.giveBack(requester.network)]);
    },
  };
}

/** The same for somebody signed in who gives their own password once more: nobody outside can use it up. */
export async function countOwnPassword(accountId: string) {
  const key = `own ${accountId}`;
  await ofName.take(key);
  return { succeeded: () => ofName.forget(key) };
}

/**
 * Counts a try of a code of the second factor before it is looked at; throws a 429 beyond the limit. A success gives
 * the count back. Counted apart from passwords: whoever knows the password must not get more guesses by it. Strangers
 * share one count for an account; `own` is somebody signed in, or a browser that was let in before.
 */
export async function countCodeTry(accountId: string, own = '') {
  const key = own ? `${accountId} ${own}` : accountId;
  await ofCodes.take(key);
  return { succeeded: () => ofCodes.forget(key) };
}
