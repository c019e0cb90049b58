import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { changeAccountRow } from '../accountModel.ts';
import { proveAgain } from '../ownSecondFactor.ts';
import { newRecoveryCodes } from '../secondFactor.ts';

/** Replaces one's recovery codes by ten new ones, with password and code; gives them, never to be shown again. */
export async function renewRecoveryCodes(actor: Actor, input: unknown): Promise<string[]> {
  const account = await proveAgain(actor, input);
  const { codes, prints } = newRecoveryCodes(account._id);
  await changeAccountRow(account, { 'secondFactor.recovery': prints });
  await recordAudit(actor, {
    verb: 'account.renew-recovery',
    target: { type: 'account', id: account._id, label: account.displayName },
  });
  return codes;
}
