import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { DepartmentModel } from '../departmentModel.ts';
import { canManageDepartment } from '../policy.ts';
import { changeTree, requireDepartment } from '../tree.ts';
import { departmentEmail } from './createDepartment.ts';

const schema = z.object({ id: z.string().max(40), email: departmentEmail });

/** Sets where a department gets its notices; empty: it has no address of its own. */
export async function setDepartmentAddress(actor: Actor, input: unknown): Promise<void> {
  const { id, email } = parse(schema, input);
  await changeTree(async () => {
    const department = await requireDepartment(id);
    if (!canManageDepartment(actor, department.path)) throw forbidden();
    await DepartmentModel.updateOne({ _id: id }, { $set: { email } });
    await recordAudit(actor, {
      verb: 'department.address',
      target: { type: 'department', id, label: department.name },
      before: { email: department.email ?? '' },
      after: { email },
    });
  });
}
