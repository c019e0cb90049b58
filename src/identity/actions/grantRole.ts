import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import { type Actor, staffRoles } from '../../kernel/actor.ts';
import { conflict, forbidden, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { departmentById } from '../../organization/index.ts';
import { endSessions } from '../../platform/sessions.ts';
import { sameGrant } from '../account.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { namedGrants } from '../auditWords.ts';
import { canGrantIn, canManageAccount } from '../policy.ts';

const schema = z.object({
  id: z.string().max(40),
  role: z.enum(staffRoles, say('errors.required')),
  departmentId: z.string(say('errors.required')).min(1, say('errors.required')).max(40),
});

/** Gives an account a role in a department and everything below it. Its sessions end: the next one has the role. */
export async function grantRole(actor: Actor, input: unknown): Promise<void> {
  const { id, ...grant } = parse(schema, input);
  const account = await requireAccount(id);
  const department = await departmentById(grant.departmentId);
  if (!canGrantIn(actor, department?.path ?? []) || !(await canManageAccount(actor, account))) throw forbidden();
  if (!department?.active) throw invalid({ departmentId: { key: 'organization.errors.no-department' } });
  if (account.disabled) throw conflict('identity.errors.disabled');
  if (account.grants.some((held) => sameGrant(held, grant))) throw conflict('identity.errors.has-role');
  const grants = [...account.grants, grant];
  await changeAccountRow(account, { grants });
  await endSessions(id);
  await recordAudit(actor, {
    verb: 'account.grant-role',
    target: { type: 'account', id, label: account.displayName },
    before: { grants: await namedGrants(account.grants) },
    after: { grants: await namedGrants(grants) },
  });
}
