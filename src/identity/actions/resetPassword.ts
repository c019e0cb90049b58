import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { endSessions } from '../../platform/sessions.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { oneTimeUntil } from '../insertAccount.ts';
import { hashPassword, oneTimePassword } from '../password.ts';
import { canManageAccount } from '../policy.ts';

const schema = z.object({ id: z.string().max(40) });

/** Gives an official who lost their password a new one for one sign-in; all their sessions end. */
export async function resetPassword(actor: Actor, input: unknown): Promise<{ oneTimePassword: string }> {
  const { id } = parse(schema, input);
  const account = await requireAccount(id);
  if (!(await canManageAccount(actor, account))) throw forbidden();
  if (id === actor.id) throw conflict('identity.errors.own-password');
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await changeAccountRow(account, { passwordHash, mustChangePassword: true, oneTimeUntil: oneTimeUntil() });
  await endSessions(id);
  await recordAudit(actor, {
    verb: 'account.reset-password',
    target: { type: 'account', id, label: account.displayName },
  });
  return { oneTimePassword: password };
}
