import { z } from 'zod';
import { invalid } from '../kernel/errors.ts';
import { parse, say } from '../kernel/parse.ts';
import type { Account } from './account.ts';
import { passwordFits } from './password.ts';
import { countOwnPassword } from './signInLimit.ts';

const schema = z.object({ current: z.string(say('errors.required')).min(1, say('errors.required')).max(200) });

/** Asks for the password once more (field `current`) before something serious; wrong ones count as failed sign-ins. */
export async function provePassword(account: Account, input: unknown): Promise<string> {
  const { current } = parse(schema, input);
  const attempt = await countOwnPassword(account._id);
  if (!(await passwordFits(account.passwordHash, current))) {
    throw invalid({ current: { key: 'identity.errors.wrong-password' } });
  }
  await attempt.succeeded();
  return current;
}
