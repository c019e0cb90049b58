import type { Actor } from '../kernel/actor.ts';
import { unauthenticated } from '../kernel/errors.ts';
import type { Account } from './account.ts';
import { findAccount } from './accountModel.ts';
import { rememberSignIn } from './rememberSignIn.ts';
import { mustSetUp } from './secondFactorRules.ts';

/** What stands between a right password and the office, in this order. */
export type SignInStep = 'code' | 'password' | 'set-up' | 'in';

/** Somebody on the way in; lives in their session, never in a form. */
export interface Pending {
  accountId: string;
  /** State of the account when the step was passed; whatever is changed there meanwhile ends the way. */
  revision: number;
  /** The second factor was given. */
  proved: boolean;
}
export interface Passed extends Pending {
  step: SignInStep;
}

function nextStep(account: Account, proved: boolean): SignInStep {
  if (account.secondFactor && !proved) return 'code';
  if (account.mustChangePassword) return 'password';
  return mustSetUp(account) ? 'set-up' : 'in';
}

/** Gives the step that comes next; notes the sign-in when there is none left. */
export async function passOn(actor: Actor, account: Account, proved: boolean): Promise<Passed> {
  const step = nextStep(account, proved);
  if (step === 'in') await rememberSignIn(actor, account);
  return { accountId: account._id, revision: account.revision, proved, step };
}

/** The account of somebody on the way in who stands before `step`; throws a 401 when the way is closed. */
export async function pendingAccount(pending: Pending, step: SignInStep): Promise<Account> {
  const account = await findAccount(pending.accountId);
  const open = account && !account.disabled && account.revision === pending.revision;
  if (!open || nextStep(account, pending.proved) !== step) throw unauthenticated();
  return account;
}
