import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import { type Actor, staffRoles } from '../../kernel/actor.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { optionalEmailField } from '../../kernel/typedLine.ts';
import { departmentById } from '../../organization/index.ts';
import { userNameSchema } from '../account.ts';
import { namedGrants } from '../auditWords.ts';
import { insertAccount, oneTimeUntil } from '../insertAccount.ts';
import { hashPassword, oneTimePassword } from '../password.ts';
import { canGrantIn } from '../policy.ts';

/** An address for notices about work, or nothing. */
export const workEmail = optionalEmailField('organization.errors.email');

/** What is typed to open an account. */
export const newAccountSchema = z.object({
  userName: userNameSchema,
  displayName: typedText({ min: 1, max: 40, line: true }),
  departmentId: z.string(say('errors.required')).min(1, say('errors.required')).max(40),
  role: z.union([z.literal(''), z.enum(staffRoles)], say('errors.invalid-value')).default(''),
  email: workEmail,
});

/**
 * Opens an account. Gives its identifier and the password for the first sign-in, which is kept nowhere in plain.
 * `given`: both are known before, because the account may have to be opened again after an interruption.
 */
export async function createAccount(
  actor: Actor,
  input: unknown,
  given: { id: string; password: string } = { id: newId(), password: oneTimePassword() },
): Promise<{ id: string; oneTimePassword: string }> {
  const { role, ...fields } = parse(newAccountSchema, input);
  const department = await departmentById(fields.departmentId);
  if (!canGrantIn(actor, department?.path ?? [])) throw forbidden();
  if (!department?.active) throw invalid({ departmentId: { key: 'organization.errors.no-department' } });
  const { id, password } = given;
  const grants = role ? [{ role, departmentId: department.id }] : [];
  await insertAccount({
    _id: id,
    ...fields,
    grants,
    passwordHash: await hashPassword(password),
    mustChangePassword: true,
    oneTimeUntil: oneTimeUntil(),
    demo: false,
  });
  await recordAudit(actor, {
    verb: 'account.create',
    target: { type: 'account', id, label: fields.displayName },
    after: { ...fields, department: department.name, grants: await namedGrants(grants) },
  });
  return { id, oneTimePassword: password };
}
