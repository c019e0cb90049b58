import type { Account } from './account.ts';
import { AccountModel } from './accountModel.ts';

/** An active official as other features name them: nothing about the account but its user name. */
export interface StaffPerson {
  id: string;
  name: string;
  userName: string;
  departmentId: string;
}

const shown = { userName: 1, displayName: 1, departmentId: 1 } as const;
const person = ({ _id, displayName, userName, departmentId }: Account): StaffPerson => ({
  id: _id,
  name: displayName,
  userName,
  departmentId,
});

/** Gives an active official, or undefined. */
export async function staffPerson(id: string): Promise<StaffPerson | undefined> {
  const account = await AccountModel.findOne({ _id: id, disabled: false }, shown).lean<Account>();
  return account ? person(account) : undefined;
}

/** Gives the active official with this user name, or undefined. */
export async function staffByUserName(userName: string): Promise<StaffPerson | undefined> {
  const account = await AccountModel.findOne(
    { userName: userName.toLowerCase(), disabled: false },
    shown,
  ).lean<Account>();
  return account ? person(account) : undefined;
}

/** All active officials by user name, for choosing one. */
export async function staffDirectory(limit = 2000): Promise<readonly StaffPerson[]> {
  const accounts = await AccountModel.find({ disabled: false }, shown)
    .sort({ userName: 1 })
    .limit(limit)
    .lean<Account[]>();
  return accounts.map(person);
}
