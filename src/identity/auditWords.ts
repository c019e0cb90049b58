import { departmentById } from '../organization/index.ts';
import type { Grant } from './account.ts';

/** Roles as the trail keeps them: with the name the department had at that moment. */
export async function namedGrants(grants: readonly Grant[]): Promise<(Grant & { department: string })[]> {
  return Promise.all(
    grants.map(async ({ role, departmentId }) => ({
      role,
      departmentId,
      department: (await departmentById(departmentId))?.name ?? '',
    })),
  );
}
