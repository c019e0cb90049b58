import type { StaffRole } from '../kernel/actor.ts';
import type { Account } from './account.ts';
import { AccountModel } from './accountModel.ts';

/** Active officials who hold one of the roles in exactly this department and gave an address for work. */
export async function staffAddresses(
  departmentId: string,
  roles: readonly StaffRole[],
): Promise<{ id: string; email: string; roles: StaffRole[] }[]> {
  if (roles.length === 0) return [];
  const fields = { email: 1, grants: 1, disabled: 1 };
  const accounts = await AccountModel.find({ 'grants.departmentId': departmentId }, fields).lean<Account[]>();
  return accounts.flatMap(({ _id: id, email = '', grants, disabled }) => {
    const held = grants.filter((grant) => grant.departmentId === departmentId).map(({ role }) => role);
    return !disabled && email !== '' && held.some((role) => roles.includes(role)) ? [{ id, email, roles: held }] : [];
  });
}
