import type { Feature } from '../feature.ts';
import { DepartmentModel, TreeStateModel } from './departmentModel.ts';

export { type Department, type League, leagues, type Level, levels } from './department.ts';
export { createDepartment } from './actions/createDepartment.ts';
export { departmentById, departmentPath, forgetDepartments, listDepartments, requireDepartment } from './tree.ts';
export { beforeRetirement } from './retirement.ts';

/** The departments of the city 组织机构, and its settings 系统设置. */
export const organization: Feature = { name: 'organization', models: [DepartmentModel, TreeStateModel] };
