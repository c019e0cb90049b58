import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse, say } from '../../kernel/parse.ts';
import { officialNamed, type Requester } from '../requester.ts';
import { actingAs } from '../rememberSignIn.ts';
import { proveSecondFactor } from '../secondFactor.ts';
import { type Passed, type Pending, passOn, pendingAccount } from '../signInSteps.ts';

const schema = z.object({ code: z.string(say('errors.required')).trim().min(1, say('errors.required')).max(40) });

/**
 * Step after the password: a code of the app, or a recovery code. `pending` comes from the session that gave the
 * password. Gives the next step, and how many recovery codes are left when one was used.
 */
export async function confirmSecondFactor(
  actor: Actor,
  pending: Pending,
  input: unknown,
  requester: Requester,
): Promise<Passed & { recoveryLeft?: number }> {
  const account = await pendingAccount(pending, 'code');
  const own = requester.knows(officialNamed(account.userName)) ? `device ${requester.device}` : '';
  const { recoveryLeft } = await proveSecondFactor(account, parse(schema, input).code, own);
  if (recoveryLeft === undefined) return passOn(actor, account, true);
  await recordAudit(await actingAs(actor, account), {
    verb: 'account.use-recovery',
    target: { type: 'account', id: account._id, label: account.displayName },
    after: { left: recoveryLeft },
  });
  return { ...(await passOn(actor, account, true)), recoveryLeft };
}
