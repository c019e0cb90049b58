import { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { conflict, forbidden } from '../kernel/errors.ts';
import { parse, say } from '../kernel/parse.ts';
import type { Account } from './account.ts';
import { requireAccount } from './accountModel.ts';
import { provePassword } from './provePassword.ts';
import { proveSecondFactor } from './secondFactor.ts';

const schema = z.object({ code: z.string(say('errors.required')).trim().min(1, say('errors.required')).max(40) });

/** Asks for password and code once more before one's own second factor is changed; `may` looks at the account first. */
export async function proveAgain(actor: Actor, input: unknown, may?: (account: Account) => void): Promise<Account> {
  if (actor.kind !== 'staff') throw forbidden();
  const { code } = parse(schema, input);
  const account = await requireAccount(actor.id);
  if (!account.secondFactor) throw conflict('second-factor.errors.not-there');
  may?.(account);
  await provePassword(account, input);
  await proveSecondFactor(account, code, 'signed in');
  return account;
}
