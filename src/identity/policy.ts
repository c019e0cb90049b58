import { type Actor, hasRole } from '../kernel/actor.ts';
import { mayIn } from '../kernel/may.ts';
import { departmentPath } from '../organization/index.ts';
import type { Account } from './account.ts';

/** Accounts are seen by administrators. */
export const canSeeAccounts = (actor: Actor): boolean => actor.kind === 'system' || hasRole(actor, 'administrator');

/** A role in a department is given and taken by the administrators of its branch. */
export const canGrantIn = (actor: Actor, path: readonly string[]): boolean => mayIn(actor, path, 'administrator');

/**
 * An account is managed by those who administer the department it belongs to and every department it holds a role in:
 * an administrator of a district cannot take over an account that reaches further than their own.
 */
export async function canManageAccount(
  actor: Actor,
  account: Pick<Account, 'departmentId' | 'grants'>,
): Promise<boolean> {
  if (actor.kind === 'system') return true;
  if (!hasRole(actor, 'administrator')) return false;
  for (const id of [account.departmentId, ...account.grants.map((grant) => grant.departmentId)]) {
    if (!mayIn(actor, await departmentPath(id), 'administrator')) return false;
  }
  return true;
}
