import { invalid } from '../kernel/errors.ts';
import { departmentById } from '../organization/index.ts';
import type { Place } from './trailRecord.ts';

/** Gives an active department with its place in the tree; 422 on `field` when there is none. */
export async function placeOf(departmentId: string, field: string): Promise<Place> {
  const department = await departmentById(departmentId);
  if (!department?.active) throw invalid({ [field]: { key: 'mailbox.errors.no-department' } });
  return { departmentId, path: [...department.path], name: department.name };
}
