import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { endSessions } from '../../platform/sessions.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { hashPassword, newPassword } from '../password.ts';
import { provePassword } from '../provePassword.ts';

/** Changes one's own password; every session but the given one ends. */
export async function changePassword(actor: Actor, input: unknown, keptSessionId?: string): Promise<void> {
  if (actor.kind !== 'staff') throw forbidden();
  const account = await requireAccount(actor.id);
  const next = readNewPassword(account.userName, input);
  const current = await provePassword(account, input);
  if (next === current) throw invalid({ password: { key: 'identity.errors.same-password' } });
  await changeAccountRow(account, {
    passwordHash: await hashPassword(next),
    mustChangePassword: false,
    oneTimeUntil: null,
  });
  await endSessions(account._id, keptSessionId);
  await recordAudit(actor, {
    verb: 'account.change-password',
    target: { type: 'account', id: account._id, label: account.displayName },
  });
}

/** Takes fields `password` and `repeated`; gives the new password or throws a 422 on the field that is wrong. */
export function readNewPassword(userName: string, input: unknown): string {
  const { password, repeated } = parse(
    z.object({ password: newPassword(userName), repeated: z.string(say('errors.required')).max(200) }),
    input,
  );
  if (password !== repeated) throw invalid({ repeated: { key: 'identity.errors.not-the-same' } });
  return password;
}
