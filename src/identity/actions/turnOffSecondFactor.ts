import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { changeAccountRow } from '../accountModel.ts';
import { proveAgain } from '../ownSecondFactor.ts';
import { secondFactorRequired } from '../secondFactorRules.ts';

/** Takes one's own second factor away, with password and code; not while a role demands it. */
export async function turnOffSecondFactor(actor: Actor, input: unknown): Promise<void> {
  const account = await proveAgain(actor, input, (own) => {
    if (secondFactorRequired(own)) throw conflict('second-factor.errors.demanded');
  });
  await changeAccountRow(account, { secondFactor: null });
  await recordAudit(actor, {
    verb: 'account.turn-off-second-factor',
    target: { type: 'account', id: account._id, label: account.displayName },
  });
}
