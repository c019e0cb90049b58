import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { departmentById } from '../../organization/index.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { workEmail } from './createAccount.ts';
import { canGrantIn, canManageAccount } from '../policy.ts';

const schema = z.object({
  id: z.string().max(40),
  displayName: typedText({ min: 1, max: 40, line: true }),
  departmentId: z.string(say('errors.required')).max(40),
  email: workEmail,
});

/** Corrects the name of an official or the department they belong to; roles stay as they are. */
export async function changeAccount(actor: Actor, input: unknown): Promise<void> {
  const { id, ...after } = parse(schema, input);
  const account = await requireAccount(id);
  const department = await departmentById(after.departmentId);
  if (!(await canManageAccount(actor, account)) || !canGrantIn(actor, department?.path ?? [])) throw forbidden();
  if (!department?.active) throw invalid({ departmentId: { key: 'organization.errors.no-department' } });
  const home = await departmentById(account.departmentId);
  await changeAccountRow(account, after);
  await recordAudit(actor, {
    verb: 'account.change',
    target: { type: 'account', id, label: account.displayName },
    before: {
      displayName: account.displayName,
      email: account.email ?? '',
      departmentId: account.departmentId,
      department: home?.name ?? '',
    },
    after: { ...after, department: department.name },
  });
}
