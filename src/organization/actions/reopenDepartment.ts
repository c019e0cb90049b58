import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { DepartmentModel } from '../departmentModel.ts';
import { canManageDepartment } from '../policy.ts';
import { changeTree, departmentById, requireDepartment } from '../tree.ts';

const schema = z.object({ id: z.string().max(40) });

/** Takes a department that was ended by mistake into use again. */
export async function reopenDepartment(actor: Actor, input: unknown): Promise<void> {
  const { id } = parse(schema, input);
  await changeTree(async () => {
    const department = await requireDepartment(id);
    if (!canManageDepartment(actor, department.path)) throw forbidden();
    if (department.active) throw conflict();
    const parent = department.parentId === null ? undefined : await departmentById(department.parentId);
    if (parent && !parent.active) throw conflict('organization.errors.parent-retired');
    await DepartmentModel.updateOne({ _id: id, active: false }, { $set: { active: true } });
    await recordAudit(actor, {
      verb: 'department.reopen',
      target: { type: 'department', id, label: department.name },
      before: { active: false },
      after: { active: true },
    });
  });
}
