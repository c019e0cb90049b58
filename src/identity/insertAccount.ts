import { DateTime } from 'luxon';
import { invalid } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';
import type { Account } from './account.ts';
import { AccountModel } from './accountModel.ts';
import { oneTimePasswordDays } from './settings.ts';

type NewAccount = Omit<Account, 'createdAt' | 'lastSignInAt' | 'revision' | 'disabled' | 'secondFactor'>;

/** Writes a new account; a user name that is taken is a 422 on `userName`. */
export async function insertAccount(account: NewAccount): Promise<void> {
  try {
    const fresh = { disabled: false, secondFactor: null, lastSignInAt: null, createdAt: now(), revision: 1 };
    await AccountModel.create({ ...account, ...fresh });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 11000) throw error;
    throw invalid({ userName: { key: 'identity.errors.user-name-taken' } });
  }
}

/** Until when a password given out today can be used. */
export function oneTimeUntil(): Date {
  return DateTime.fromJSDate(now()).plus({ days: oneTimePasswordDays.value() }).toJSDate();
}
