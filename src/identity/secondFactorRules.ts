import { config } from '../config.ts';
import type { Actor } from '../kernel/actor.ts';
import { staffRoles } from '../kernel/actor.ts';
import type { Message } from '../kernel/errors.ts';
import type { Account } from './account.ts';
import { findAccount } from './accountModel.ts';
import { secondFactorFor } from './settings.ts';

/** True when one of the account's roles demands a second factor. The demo city's own accounts stay one click away. */
export function secondFactorRequired(account: Pick<Account, 'grants' | 'demo'>): boolean {
  if (account.demo && config.mode === 'demo') return false;
  return account.grants.some(({ role }) => secondFactorFor[role].value());
}

/** True when the person has to set up a second factor before anything else. */
export const mustSetUp = (account: Pick<Account, 'grants' | 'demo' | 'secondFactor'>): boolean =>
  !account.secondFactor && secondFactorRequired(account);

/**
 * Why a role cannot be made to use a second factor now: whoever holds it demands it of others only after having it
 * themselves. So the city keeps at least one administrator whose app and clock are proved to work.
 */
export async function whyNotDemanded(actor: Actor, key: string, value: unknown): Promise<Message | undefined> {
  const role = staffRoles.find((known) => secondFactorFor[known].key === key);
  if (!role || value !== true || actor.kind !== 'staff') return undefined;
  if (!actor.roles.some((held) => held.role === role)) return undefined;
  const account = await findAccount(actor.id);
  if (account?.secondFactor || (account?.demo && config.mode === 'demo')) return undefined;
  return { key: 'second-factor.errors.own-first' };
}
