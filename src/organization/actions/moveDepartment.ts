import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { type Department, leagues, levels, mayStandBelow } from '../department.ts';
import { DepartmentModel } from '../departmentModel.ts';
import { canManageDepartment } from '../policy.ts';
import { changeTree, departmentById, listDepartments, requireDepartment } from '../tree.ts';

const schema = z.object({
  id: z.string().max(40),
  parentId: z.string().trim().max(40).default(''),
  level: z.enum(levels, say('errors.required')),
  league: z.enum(leagues, say('errors.required')),
  order: z.coerce.number(say('errors.not-a-whole-number')).int(say('errors.not-a-whole-number')).min(0).max(9999),
});

/** Puts a department elsewhere in the tree, with everything below it; also its level, league and order. */
export async function moveDepartment(actor: Actor, input: unknown): Promise<void> {
  const { id, ...place } = parse(schema, input);
  await changeTree(async () => {
    const department = await requireDepartment(id);
    const parent = await parentFor(department, place.parentId);
    const allowed = canManageDepartment(actor, department.path) && (!parent || canManageDepartment(actor, parent.path));
    if (!allowed) throw forbidden();
    await refuseWrongLevel(department, parent, place.level);
    const after = { ...place, parentId: parent?.id ?? null };
    const { parentId, level, league, order } = department;
    const parentBefore = parentId === null ? undefined : await departmentById(parentId);
    await DepartmentModel.updateOne({ _id: id }, { $set: after });
    await recordAudit(actor, {
      verb: 'department.move',
      target: { type: 'department', id, label: department.name },
      before: { parentId, parent: parentBefore?.name ?? null, level, league, order },
      after: { ...after, parent: parent?.name ?? null },
    });
  });
}

/** The root stays the root; everything else hangs below an active department outside its own branch. */
async function parentFor(department: Department, parentId: string): Promise<Department | undefined> {
  if (department.parentId === null) {
    if (parentId) throw invalid({ parentId: { key: 'organization.errors.root-stays' } });
    return undefined;
  }
  const parent = await departmentById(parentId);
  if (!parent?.active) throw invalid({ parentId: { key: 'organization.errors.no-parent' } });
  if (parent.path.includes(department.id)) throw invalid({ parentId: { key: 'organization.errors.circle' } });
  return parent;
}

async function refuseWrongLevel(department: Department, parent: Department | undefined, level: Department['level']) {
  const children = (await listDepartments({ below: department.id })).filter((one) => one.parentId === department.id);
  const fits =
    (!parent || mayStandBelow(level, parent.level)) && children.every((one) => mayStandBelow(one.level, level));
  if (!fits) throw invalid({ level: { key: 'organization.errors.level' } });
}
