import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { optionalEmailField } from '../../kernel/typedLine.ts';
import { leagues, levels, mayStandBelow } from '../department.ts';
import { DepartmentModel } from '../departmentModel.ts';
import { canManageDepartment } from '../policy.ts';
import { changeTree, departmentById, listDepartments } from '../tree.ts';

/** An address for notices, or nothing. */
export const departmentEmail = optionalEmailField('organization.errors.email');

/** What is typed to open a department. */
export const newDepartmentSchema = z.object({
  name: typedText({ min: 1, max: 60, line: true }),
  shortName: typedText({ min: 0, max: 20, line: true }).default(''),
  nameEnglish: typedText({ min: 0, max: 120, line: true }).default(''),
  level: z.enum(levels, say('errors.required')),
  league: z.enum(leagues, say('errors.required')).default('none'),
  parentId: z.string().trim().max(40).default(''),
  order: z.coerce
    .number(say('errors.not-a-whole-number'))
    .int(say('errors.not-a-whole-number'))
    .min(0)
    .max(9999)
    .default(0),
  email: departmentEmail,
});

/** Opens a department below another one; without a parent it becomes the root, once. Gives its identifier, `id`. */
export async function createDepartment(actor: Actor, input: unknown, id = newId()): Promise<{ id: string }> {
  const { parentId, ...fields } = parse(newDepartmentSchema, input);
  return changeTree(async () => {
    const parent = parentId ? await departmentById(parentId) : undefined;
    if (parentId && !parent?.active) throw invalid({ parentId: { key: 'organization.errors.no-parent' } });
    const all = await listDepartments({ retired: true });
    // Said before rights: nobody has any where nothing was chosen
    if (actor.kind === 'staff' && !parent && all.some(({ path }) => canManageDepartment(actor, path)))
      throw invalid({ parentId: { key: 'organization.errors.choose-parent' } });
    if (!canManageDepartment(actor, parent?.path ?? [])) throw forbidden();
    if (!parent && all.length > 0) throw invalid({ parentId: { key: 'organization.errors.root-exists' } });
    if (parent && !mayStandBelow(fields.level, parent.level))
      throw invalid({ level: { key: 'organization.errors.level' } });
    const twin = all.some((one) => one.active && one.parentId === (parent?.id ?? null) && one.name === fields.name);
    if (twin) throw invalid({ name: { key: 'organization.errors.name-taken' } });
    const row = { ...fields, parentId: parent?.id ?? null, active: true };
    await DepartmentModel.create({ _id: id, ...row });
    const after = { ...row, parent: parent?.name ?? null };
    await recordAudit(actor, {
      verb: 'department.create',
      target: { type: 'department', id, label: fields.name },
      after,
    });
    return { id };
  });
}
