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

/** What an organiser typed or chose: a user name, or a name that one person has. Gives the account's id, or the text itself, which fits nobody. */
export async function personIdOf(text: string): Promise<string> {
  const typed = text.trim();
  const known = await staffByUserName(typed);
  if (known) return known.id;
  const [named, ...others] = (await staffDirectory()).filter(({ name }) => name === typed);
  return named && others.length === 0 ? named.id : typed;
}

/** Everybody who can be given a role, by name. */
export function everyStaffMember(): Promise<readonly StaffMember[]> {
  return staffDirectory();
}
