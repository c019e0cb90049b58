import type { StaffRole } from '../kernel/actor.ts';
import { defaultLanguage, type Language } from '../kernel/language.ts';
import type { Account } from './account.ts';
import { AccountModel } from './accountModel.ts';

/** Active officials who hold one of the roles in exactly this department and gave an address for work. */
export async function staffAddresses(
  departmentId: string,
  roles: readonly StaffRole[],
): Promise<{ id: string; email: string; language: Language; roles: StaffRole[] }[]> {
  if (roles.length === 0) return [];
  const fields = { email: 1, grants: 1, disabled: 1, language: 1 };
  const accounts = await AccountModel.find({ 'grants.departmentId': departmentId }, fields).lean<Account[]>();
  return accounts.flatMap(({ _id: id, email = '', grants, disabled, language = defaultLanguage }) => {
    const held = grants.filter((grant) => grant.departmentId === departmentId).map(({ role }) => role);
    const wanted = !disabled && email !== '' && held.some((role) => roles.includes(role));
    return wanted ? [{ id, email, language, roles: held }] : [];
  });
}

/** Active officials who hold one of the roles in a department or above it, by name. `path` runs from the root. */
export async function staffIn(
  path: readonly string[],
  roles: readonly StaffRole[],
): Promise<{ id: string; name: string }[]> {
  const filter = { 'grants.departmentId': { $in: [...path] }, disabled: false };
  const accounts = await AccountModel.find(filter, { displayName: 1, grants: 1 }).lean<Account[]>();
  return accounts
    .filter(({ grants }) => grants.some((one) => roles.includes(one.role) && path.includes(one.departmentId)))
    .map(({ _id: id, displayName: name }) => ({ id, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'zh-CN'));
}

/** Where to write to one active official about their work, and in which language; `email` is null without an address, undefined when the person is gone. */
export async function staffContact(
  personId: string,
): Promise<{ email: string | null; language: Language; departmentId: string } | undefined> {
  const fields = { email: 1, departmentId: 1, language: 1 };
  const account = await AccountModel.findOne({ _id: personId, disabled: false }, fields).lean<Account>();
  if (!account) return undefined;
  return {
    email: account.email || null,
    language: account.language ?? defaultLanguage,
    departmentId: account.departmentId,
  };
}
