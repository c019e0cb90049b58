import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import type { Account } from '../account.ts';
import { AccountModel } from '../accountModel.ts';
import { staffOf } from '../identify.ts';
import { passwordFits } from '../password.ts';
import { countSignInAttempt } from '../signInLimit.ts';

const schema = z.object({
  userName: z.string(say('errors.required')).trim().toLowerCase().min(1, say('errors.required')).max(64),
  password: z.string(say('errors.required')).min(1, say('errors.required')).max(200),
});

/** What the door does next: open a session, or first let the person choose a password of their own. */
export interface SignedIn {
  accountId: string;
  mustChangePassword: boolean;
  /** State of the account at this moment; see chooseFirstPassword(). */
  revision: number;
}

/**
 * Checks user name and password; `address` is the network address that asks. Unknown name, wrong password and
 * closed account have one answer and cost the same work.
 */
export async function signIn(actor: Actor, input: unknown, address: string | undefined): Promise<SignedIn> {
  const { userName, password } = parse(schema, input);
  const attempt = await countSignInAttempt(userName, address);
  const account = await AccountModel.findOne({ userName }).lean<Account>();
  const fits = await passwordFits(account?.passwordHash, password);
  if (!account || !fits || account.disabled) throw invalid({}, 'identity.errors.sign-in');
  await attempt.succeeded();
  if (account.oneTimeUntil && account.oneTimeUntil < now()) throw conflict('identity.errors.one-time-expired');
  if (!account.mustChangePassword) await rememberSignIn(actor, account);
  return { accountId: account._id, mustChangePassword: account.mustChangePassword, revision: account.revision };
}

/** Notes when the account was last used, on it and in the trail. */
export async function rememberSignIn(actor: Actor, account: Account): Promise<void> {
  await AccountModel.updateOne({ _id: account._id }, { $set: { lastSignInAt: now() } });
  const staff = { ...(await staffOf(account)), language: actor.language, requestId: actor.requestId };
  await recordAudit(staff, {
    verb: 'account.sign-in',
    target: { type: 'account', id: account._id, label: account.displayName },
  });
}
