import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { DepartmentModel } from '../departmentModel.ts';
import { canManageDepartment } from '../policy.ts';
import { refuseRetirementWhileNeeded } from '../retirement.ts';
import { changeTree, listDepartments, requireDepartment } from '../tree.ts';

const schema = z.object({ id: z.string().max(40) });

/** Ends a department 撤销部门. It stays in the books; nothing may depend on it any more. */
export async function retireDepartment(actor: Actor, input: unknown): Promise<void> {
  const { id } = parse(schema, input);
  await changeTree(async () => {
    const department = await requireDepartment(id);
    if (!canManageDepartment(actor, department.path)) throw forbidden();
    if (!department.active) throw conflict('organization.errors.already-retired');
    if (department.parentId === null) throw conflict('organization.errors.root-stays');
    const below = (await listDepartments({ below: id })).length - 1;
    if (below > 0) throw conflict('organization.errors.has-children', { count: below });
    await refuseRetirementWhileNeeded(id, actor);
    await DepartmentModel.updateOne({ _id: id, active: true }, { $set: { active: false } });
    await recordAudit(actor, {
      verb: 'department.retire',
      target: { type: 'department', id, label: department.name },
      before: { active: true },
      after: { active: false },
    });
  });
}
