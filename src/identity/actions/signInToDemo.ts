import { z } from 'zod';
import { config } from '../../config.ts';
import type { Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { findAccount } from '../accountModel.ts';
import { rememberSignIn } from '../rememberSignIn.ts';

const schema = z.object({ accountId: z.string().max(40) });

/** One click into an account of the demonstration city; anywhere else there is no such door. */
export async function signInToDemo(actor: Actor, input: unknown): Promise<{ accountId: string }> {
  if (config.mode !== 'demo') throw notFound();
  const { accountId } = parse(schema, input);
  const account = await findAccount(accountId);
  if (!account?.demo || account.disabled || account.mustChangePassword) throw notFound();
  await rememberSignIn(actor, account);
  return { accountId };
}
