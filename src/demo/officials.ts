import type { Staff, StaffRole } from '../kernel/actor.ts';
import { departmentPath } from '../organization/index.ts';
import type { DemoCity } from './city.ts';
import { accounts } from './content/city.ts';
import { officials } from './content/letterWords.ts';

/** Gives the official who holds a role in a department: an account of the demo, or somebody who has none. */
export type FindOfficial = (department: string, role: StaffRole) => Staff;

/** Knows who does what in the demo city. */
export async function officialsOf(city: DemoCity): Promise<FindOfficial> {
  const paths = new Map<string, readonly string[]>();
  for (const [key, id] of city.departments) paths.set(key, await departmentPath(id));
  return (department, role) => {
    const account = accounts.find(([, , place, held]) => place === department && held === role);
    const order = [...city.departments.keys()].indexOf(department) * 2 + (role === 'head' ? 1 : 0);
    const departmentId = city.departments.get(department) ?? '';
    return {
      kind: 'staff',
      id: (account && city.accounts.get(account[0])) ?? `demo-${department}-${role}`,
      name: account?.[1] ?? officials[order % officials.length] ?? '',
      roles: [{ role, departmentId, departmentPath: paths.get(department) ?? [] }],
      language: 'zh-CN',
      requestId: 'demo',
    };
  };
}
