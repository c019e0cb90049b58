import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import type { Account } from '../account.ts';
import { AccountModel } from '../accountModel.ts';
import { countFailedSignIn } from '../failedSignIns.ts';
import { passwordFits } from '../password.ts';
import type { Requester } from '../requester.ts';
import { countSignInAttempt } from '../signInLimit.ts';
import { type Passed, passOn } from '../signInSteps.ts';

const schema = z.object({
  userName: z.string(say('errors.required')).trim().toLowerCase().min(1, say('errors.required')).max(64),
  password: z.string(say('errors.required')).min(1, say('errors.required')).max(200),
});

/**
 * Checks user name and password; `requester` is where it comes from. Unknown name, wrong password and
 * closed account have one answer and cost the same work. Gives which step comes next.
 */
export async function signIn(actor: Actor, input: unknown, requester: Requester): Promise<Passed> {
  const { userName, password } = parse(schema, input);
  const account = await AccountModel.findOne({ userName }).lean<Account>();
  const attempt = await countSignInAttempt(userName, account?.revision ?? 0, requester);
  const fits = await passwordFits(account?.passwordHash, password);
  if (!account || !fits || account.disabled) {
    await countFailedSignIn(account?._id, 'password');
    throw invalid({}, 'identity.errors.sign-in');
  }
  await attempt.succeeded();
  if (account.oneTimeUntil && account.oneTimeUntil < now()) throw conflict('identity.errors.one-time-expired');
  return passOn(actor, account, false);
}
