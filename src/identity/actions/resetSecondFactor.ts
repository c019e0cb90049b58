import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { endSessions } from '../../platform/sessions.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { canManageAccount } from '../policy.ts';

const schema = z.object({ id: z.string().max(40) });

/** Takes the second factor of somebody who lost phone and recovery codes away; all their sessions end. */
export async function resetSecondFactor(actor: Actor, input: unknown): Promise<void> {
  const { id } = parse(schema, input);
  const account = await requireAccount(id);
  if (!(await canManageAccount(actor, account))) throw forbidden();
  if (id === actor.id) throw conflict('second-factor.errors.own-reset');
  if (!account.secondFactor) throw conflict('second-factor.errors.not-there');
  await changeAccountRow(account, { secondFactor: null });
  await endSessions(id);
  await recordAudit(actor, {
    verb: 'account.reset-second-factor',
    target: { type: 'account', id, label: account.displayName },
  });
}
