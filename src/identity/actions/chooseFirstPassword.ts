import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { hashPassword, passwordFits } from '../password.ts';
import { actingAs } from '../rememberSignIn.ts';
import { type Passed, type Pending, passOn, pendingAccount } from '../signInSteps.ts';
import { readNewPassword } from './changePassword.ts';

/**
 * Second step of the first sign-in: replaces the one-time password by the person's own.
 * `pending` comes from the session that gave the one-time password, never from a form; whatever an administrator
 * changed since (another password, a closed account) makes it worthless.
 */
export async function chooseFirstPassword(actor: Actor, pending: Pending, input: unknown): Promise<Passed> {
  const account = await pendingAccount(pending, 'password');
  if (account.oneTimeUntil && account.oneTimeUntil < now()) throw conflict('identity.errors.one-time-expired');
  const password = readNewPassword(account.userName, input);
  if (await passwordFits(account.passwordHash, password)) {
    throw invalid({ password: { key: 'identity.errors.same-password' } });
  }
  const passwordHash = await hashPassword(password);
  await changeAccountRow(account, { passwordHash, mustChangePassword: false, oneTimeUntil: null });
  await recordAudit(await actingAs(actor, account), {
    verb: 'account.change-password',
    target: { type: 'account', id: account._id, label: account.displayName },
  });
  return passOn(actor, await requireAccount(account._id), pending.proved);
}
