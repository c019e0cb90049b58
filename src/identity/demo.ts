import { staffRoles, type StaffRole } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import type { Account, Grant } from './account.ts';
import { AccountModel } from './accountModel.ts';
import { insertAccount } from './insertAccount.ts';
import { hashPassword } from './password.ts';

/** Opens an account of the demonstration city with a known password. Only the demo's seed calls this. */
export async function seedDemoAccount(account: {
  userName: string;
  displayName: string;
  departmentId: string;
  grants: readonly Grant[];
  password: string;
}): Promise<{ id: string }> {
  const { password, grants, ...fields } = account;
  const id = newId();
  await insertAccount({
    _id: id,
    ...fields,
    grants: [...grants],
    passwordHash: await hashPassword(password),
    mustChangePassword: false,
    oneTimeUntil: null,
    demo: true,
  });
  return { id };
}

/** True when the database holds accounts everybody knows the password of; production must not start with them. */
export async function hasDemoAccounts(): Promise<boolean> {
  return (await AccountModel.findOne({ demo: true }, { _id: 1 }).lean()) !== null;
}

/** The demo accounts for the sign-in page: the city's offices first, then those who work in interviews, then departments. */
export async function listDemoAccounts(): Promise<(Account & { role: StaffRole | undefined })[]> {
  const accounts = await AccountModel.find({ demo: true, disabled: false, mustChangePassword: false })
    .limit(100)
    .lean<Account[]>();
  const withoutRole = staffRoles.indexOf('head') - 0.5;
  const rank = (role: StaffRole | undefined) => (role ? staffRoles.indexOf(role) : withoutRole);
  return accounts
    .map((account) => ({ ...account, role: account.grants[0]?.role }))
    .sort((a, b) => rank(a.role) - rank(b.role) || (a.userName < b.userName ? -1 : 1));
}
