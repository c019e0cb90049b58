import type { Citizen, RoleGrant, Staff } from '../kernel/actor.ts';
import { departmentPath } from '../organization/index.ts';
import type { Account } from './account.ts';
import { findAccount } from './accountModel.ts';
import { mustSetUp } from './secondFactorRules.ts';
import { CitizenModel, type CitizenRow } from './citizenModel.ts';

type WithoutCall<Person> = Omit<Person, 'language' | 'requestId'>;

/** Gives the official behind an account, with the path of each department they hold a role in. */
export async function staffOf(account: Account): Promise<WithoutCall<Staff>> {
  const roles: RoleGrant[] = [];
  for (const { role, departmentId } of account.grants) {
    const path = await departmentPath(departmentId);
    if (path.length > 0) roles.push({ role, departmentId, departmentPath: path });
  }
  return { kind: 'staff', id: account._id, name: account.displayName, roles };
}

/** Gives whom a session belongs to as they are now; null when the account is gone, closed or not yet opened. */
export async function identify(person: {
  kind: 'staff' | 'citizen';
  id: string;
}): Promise<WithoutCall<Staff> | WithoutCall<Citizen> | null> {
  if (person.kind === 'staff') {
    const account = await findAccount(person.id);
    if (!account || account.disabled || account.mustChangePassword || mustSetUp(account)) return null;
    return staffOf(account);
  }
  const citizen = await CitizenModel.findById(person.id, { nickname: 1 }).lean<Pick<CitizenRow, '_id' | 'nickname'>>();
  return citizen ? { kind: 'citizen', id: citizen._id, nickname: citizen.nickname } : null;
}
