import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import { type Actor, staffRoles } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { departmentPath } from '../../organization/index.ts';
import { endSessions } from '../../platform/sessions.ts';
import { sameGrant } from '../account.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { namedGrants } from '../auditWords.ts';
import { canGrantIn } from '../policy.ts';

const schema = z.object({ id: z.string().max(40), role: z.enum(staffRoles), departmentId: z.string().max(40) });

/** Takes a role away; the account's sessions end. Nobody takes their own last administrator role. */
export async function revokeRole(actor: Actor, input: unknown): Promise<void> {
  const { id, ...grant } = parse(schema, input);
  const account = await requireAccount(id);
  if (!canGrantIn(actor, await departmentPath(grant.departmentId))) throw forbidden();
  const grants = account.grants.filter((held) => !sameGrant(held, grant));
  if (grants.length === account.grants.length) throw conflict('identity.errors.has-not-role');
  const losesOwn = id === actor.id && grant.role === 'administrator';
  if (losesOwn && !grants.some((held) => held.role === 'administrator'))
    throw conflict('identity.errors.own-last-role');
  await changeAccountRow(account, { grants });
  await endSessions(id);
  await recordAudit(actor, {
    verb: 'account.revoke-role',
    target: { type: 'account', id, label: account.displayName },
    before: { grants: await namedGrants(account.grants) },
    after: { grants: await namedGrants(grants) },
  });
}
