import type { StaffRole } from '../kernel/actor.ts';
import { staffRoles } from '../kernel/actor.ts';
import type { Language } from '../kernel/language.ts';
import { departmentById, departmentName } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import type { Account, Grant } from './account.ts';
import { mustSetUp } from './secondFactorRules.ts';

/** The word for a role. */
export const roleWords = (role: StaffRole, language: Language): string => translate(language, `identity.roles.${role}`);

/** The choices of a select of roles. */
export const roleOptions = (language: Language) =>
  staffRoles.map((role) => ({ value: role, label: roleWords(role, language) }));

async function grantRow(grant: Grant, language: Language) {
  const department = departmentName(await departmentById(grant.departmentId), language);
  return { ...grant, roleName: roleWords(grant.role, language), department };
}

/** How an account's state is shown. */
export function stateOf(account: Pick<Account, 'disabled' | 'mustChangePassword'>) {
  if (account.disabled) return { tone: 'stopped', key: 'identity.states.disabled' };
  if (account.mustChangePassword) return { tone: 'waiting', key: 'identity.states.waiting' };
  return { tone: 'done', key: 'identity.states.active' };
}

/** One account as lists and its own page show it. */
export async function accountRow(account: Omit<Account, 'passwordHash'>, language: Language) {
  return {
    id: account._id,
    href: `/office/accounts/${account._id}`,
    userName: account.userName,
    name: account.displayName,
    email: account.email ?? '',
    departmentId: account.departmentId,
    department: departmentName(await departmentById(account.departmentId), language),
    grants: await Promise.all(account.grants.map((grant) => grantRow(grant, language))),
    state: stateOf(account),
    disabled: account.disabled,
    secondFactor: Boolean(account.secondFactor),
    lacksSecondFactor: mustSetUp(account),
    lastSignInAt: account.lastSignInAt,
    createdAt: account.createdAt,
  };
}
