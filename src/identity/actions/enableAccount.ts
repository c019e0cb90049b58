import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { canManageAccount } from '../policy.ts';

const schema = z.object({ id: z.string().max(40) });

/** Opens a closed account again, with the roles and the password it had. */
export async function enableAccount(actor: Actor, input: unknown): Promise<void> {
  const { id } = parse(schema, input);
  const account = await requireAccount(id);
  if (!(await canManageAccount(actor, account))) throw forbidden();
  if (!account.disabled) throw conflict();
  await changeAccountRow(account, { disabled: false });
  await recordAudit(actor, {
    verb: 'account.enable',
    target: { type: 'account', id, label: account.displayName },
    before: { disabled: true },
    after: { disabled: false },
  });
}
