import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { DepartmentModel } from '../departmentModel.ts';
import { canManageDepartment } from '../policy.ts';
import { changeTree, listDepartments, requireDepartment } from '../tree.ts';

const schema = z.object({
  id: z.string().max(40),
  name: typedText({ min: 1, max: 60, line: true }),
  shortName: typedText({ min: 0, max: 20, line: true }).default(''),
  nameEnglish: typedText({ min: 0, max: 120, line: true }).default(''),
});

/** Gives a department new names. */
export async function renameDepartment(actor: Actor, input: unknown): Promise<void> {
  const { id, ...names } = parse(schema, input);
  await changeTree(async () => {
    const department = await requireDepartment(id);
    if (!canManageDepartment(actor, department.path)) throw forbidden();
    const twin = (await listDepartments()).some(
      (one) => one.id !== id && one.parentId === department.parentId && one.name === names.name,
    );
    if (twin) throw invalid({ name: { key: 'organization.errors.name-taken' } });
    const { name, shortName, nameEnglish } = department;
    await DepartmentModel.updateOne({ _id: id }, { $set: names });
    await recordAudit(actor, {
      verb: 'department.rename',
      target: { type: 'department', id, label: name },
      before: { name, shortName, nameEnglish },
      after: names,
    });
  });
}
