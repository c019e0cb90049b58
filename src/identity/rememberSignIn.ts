import { recordAudit } from '../audit/index.ts';
import type { Actor, Staff } from '../kernel/actor.ts';
import { now } from '../kernel/time.ts';
import type { Account } from './account.ts';
import { AccountModel } from './accountModel.ts';
import { staffOf } from './identify.ts';

/** The official behind an account, acting before a session is open. */
export async function actingAs(actor: Actor, account: Account): Promise<Staff> {
  return { ...(await staffOf(account)), language: actor.language, requestId: actor.requestId };
}

/** Notes when the account was last used and in which language, on it and in the trail. */
export async function rememberSignIn(actor: Actor, account: Account): Promise<void> {
  await AccountModel.updateOne({ _id: account._id }, { $set: { lastSignInAt: now(), language: actor.language } });
  await recordAudit(await actingAs(actor, account), {
    verb: 'account.sign-in',
    target: { type: 'account', id: account._id, label: account.displayName },
  });
}
