import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor, Staff } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { endSessions } from '../../platform/sessions.ts';
import type { Account } from '../account.ts';
import { changeAccountRow, requireAccount } from '../accountModel.ts';
import { provePassword } from '../provePassword.ts';
import { actingAs } from '../rememberSignIn.ts';
import { firstProof } from '../secondFactor.ts';
import { type Passed, type Pending, passOn, pendingAccount } from '../signInSteps.ts';

const schema = z.object({ code: z.string(say('errors.required')).trim().min(1, say('errors.required')).max(40) });

async function setUp(staff: Staff, account: Account, secret: string, input: unknown): Promise<string[]> {
  if (account.secondFactor) throw conflict('second-factor.errors.there-already');
  const { secondFactor, codes } = await firstProof(account._id, secret, parse(schema, input).code);
  await changeAccountRow(account, { secondFactor });
  await recordAudit(staff, {
    verb: 'account.set-up-second-factor',
    target: { type: 'account', id: account._id, label: account.displayName },
  });
  return codes;
}

/**
 * Gives oneself a second factor: the password and a first code of the app that was given `secret`. Every other session
 * ends. Gives the recovery codes, which are never shown again.
 */
export async function setUpSecondFactor(
  actor: Actor,
  secret: string,
  input: unknown,
  keptSessionId?: string,
): Promise<string[]> {
  if (actor.kind !== 'staff') throw forbidden();
  parse(schema, input);
  const account = await requireAccount(actor.id);
  await provePassword(account, input);
  const codes = await setUp(actor, account, secret, input);
  await endSessions(account._id, keptSessionId);
  return codes;
}

/** The same on the way in, for those whose role demands it; the password was just given. */
export async function setUpOnTheWayIn(
  actor: Actor,
  pending: Pending,
  secret: string,
  input: unknown,
): Promise<Passed & { codes: string[] }> {
  const account = await pendingAccount(pending, 'set-up');
  const codes = await setUp(await actingAs(actor, account), account, secret, input);
  await endSessions(account._id);
  return { ...(await passOn(actor, await requireAccount(account._id), true)), codes };
}
