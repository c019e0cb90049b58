import { tooMany } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';
import { isDuplicate } from '../platform/database/errors.ts';
import type { Setting } from '../platform/settings.ts';
import { fingerprint } from './keys.ts';
import { failedCodesPerAccount, failedSignInsPerAddress, failedSignInsPerName } from './settings.ts';
import { SignInCountModel } from './signInCountModel.ts';

const windowMs = 15 * 60_000;

/** Counts tries of one kind in the database, so that a limit holds however many processes answer. */
function limitOf(kind: string, limit: Setting<number>) {
  const idOf = (key: string) => `${kind}:${fingerprint('sign-in-limit', key)}`;

  /** Counts one within the window that runs; false when it is used up, or when there is none. */
  async function countOn(_id: string): Promise<boolean> {
    const running = { _id, until: { $gt: now() }, tries: { $lt: limit.value() } };
    const { matchedCount } = await SignInCountModel.updateOne(running, { $inc: { tries: 1 } });
    return matchedCount === 1;
  }

  /** Opens a window with a first try; false when one runs already: the identifier is taken, so that only one opens. */
  async function beginAnew(_id: string): Promise<boolean> {
    const begun = { tries: 1, until: new Date(now().getTime() + windowMs) };
    try {
      await SignInCountModel.updateOne({ _id, until: { $lte: now() } }, { $set: begun }, { upsert: true });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  async function take(key: string): Promise<void> {
    const _id = idOf(key);
    // the second look is for those who came while another opened the window
    if ((await countOn(_id)) || (await beginAnew(_id)) || (await countOn(_id))) return;
    const used = await SignInCountModel.findById(_id).lean();
    const waitMs = Math.max(1000, (used?.until ?? now()).getTime() - now().getTime());
    const minutes = Math.max(1, Math.ceil(waitMs / 60_000));
    throw tooMany(Math.ceil(waitMs / 1000), 'identity.errors.too-many-sign-ins', { minutes });
  }

  return {
    take,
    forget: (key: string) => SignInCountModel.deleteOne({ _id: idOf(key) }),
    giveBack: (key: string) =>
      SignInCountModel.updateOne({ _id: idOf(key), tries: { $gt: 0 } }, { $inc: { tries: -1 } }),
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
