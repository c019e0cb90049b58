import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid, unauthenticated } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { changeAccountRow, findAccount } from '../accountModel.ts';
import { staffOf } from '../identify.ts';
import { hashPassword, passwordFits } from '../password.ts';
import { readNewPassword } from './changePassword.ts';
import { rememberSignIn } from './signIn.ts';

/**
 * Second step of the first sign-in: replaces the one-time password by the person's own.
 * `pending` comes from the session that gave the one-time password, never from a form; whatever an administrator
 * changed since (another password, a closed account) makes it worthless.
 */
export async function chooseFirstPassword(
  actor: Actor,
  pending: { accountId: string; revision: number },
  input: unknown,
): Promise<void> {
  const account = await findAccount(pending.accountId);
  const open = account && !account.disabled && account.mustChangePassword && account.revision === pending.revision;
  if (!open) throw unauthenticated();
  if (account.oneTimeUntil && account.oneTimeUntil < now()) throw conflict('identity.errors.one-time-expired');
  const password = readNewPassword(account.userName, input);
  if (await passwordFits(account.passwordHash, password)) {
    throw invalid({ password: { key: 'identity.errors.same-password' } });
  }
  const passwordHash = await hashPassword(password);
  await changeAccountRow(account, { passwordHash, mustChangePassword: false, oneTimeUntil: null });
  const staff = { ...(await staffOf(account)), language: actor.language, requestId: actor.requestId };
  await recordAudit(staff, {
    verb: 'account.change-password',
    target: { type: 'account', id: account._id, label: account.displayName },
  });
  await rememberSignIn(actor, account);
}
