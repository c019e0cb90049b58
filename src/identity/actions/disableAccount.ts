import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { endSessions } from '../../platform/sessions.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { canManageAccount } from '../policy.ts';

const schema = z.object({ id: z.string().max(40) });

/** Closes an account: nobody signs in with it, and whoever is signed in is out. What it did stays in the books. */
export async function disableAccount(actor: Actor, input: unknown): Promise<void> {
  const { id } = parse(schema, input);
  const account = await requireAccount(id);
  if (!(await canManageAccount(actor, account))) throw forbidden();
  if (id === actor.id) throw conflict('identity.errors.own-account');
  if (account.disabled) throw conflict();
  await changeAccountRow(account, { disabled: true });
  await endSessions(id);
  await recordAudit(actor, {
    verb: 'account.disable',
    target: { type: 'account', id, label: account.displayName },
    before: { disabled: false },
    after: { disabled: true },
  });
}
