export { type Department, type League, leagues, type Level, levels } from './department.ts';
export { createDepartment } from './actions/createDepartment.ts';
export { departmentById, departmentPath, forgetDepartments, listDepartments, requireDepartment } from './tree.ts';
export { beforeRetirement } from './retirement.ts';
