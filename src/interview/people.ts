import { staffByUserName, staffDirectory, staffPerson } from '../identity/index.ts';

/** An account as an interview needs it. */
export interface StaffMember {
  id: string;
  name: string;
  userName: string;
}

/** Gives an active account or undefined. */
export function staffMember(personId: string): Promise<StaffMember | undefined> {
  return staffPerson(personId);
}

/** What an organiser typed or chose, a user name; gives the account's id, or the text itself, which fits nobody. */
export async function personIdOf(userName: string): Promise<string> {
  const typed = userName.trim();
  return (await staffByUserName(typed))?.id ?? typed;
}

/** Everybody who can be given a role, by name. */
export function everyStaffMember(): Promise<readonly StaffMember[]> {
  return staffDirectory();
}
