import { hasRole } from '../kernel/actor.ts';
import { type Transfer, transferRoutes } from '../transfer/index.ts';
import { departmentPaths } from './departmentPaths.ts';
import { planDepartments } from './departmentPlan.ts';
import { departmentColumns, storedCells } from './departmentSheet.ts';
import { departmentVerbs } from './departmentSteps.ts';
import { canManageDepartment } from './policy.ts';
import { listDepartments } from './tree.ts';

/** The table of departments 部门表. */
export const departmentTable: Transfer = {
  kind: 'department',
  base: '/office/departments',
  columns: departmentColumns,
  needed: 'name',
  allowed: (actor) => hasRole(actor, 'administrator'),
  async rows(actor) {
    const all = await listDepartments({ retired: true });
    const paths = departmentPaths(all);
    return all
      .filter((one) => canManageDepartment(actor, one.path))
      .map((one) => {
        const cells = storedCells(one, paths, actor.language);
        return departmentColumns.map((column) => cells[column] ?? '');
      });
  },
  plan: planDepartments,
  verbs: departmentVerbs,
};
export const departmentTransferRoutes = transferRoutes(departmentTable);
