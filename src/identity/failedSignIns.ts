import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { systemActor } from '../kernel/actor.ts';
import { now } from '../kernel/time.ts';
import { defineJob } from '../platform/queue/job.ts';
import { findAccount } from './accountModel.ts';
import { FailedSignInModel, type FailedSignIns } from './failedSignInModel.ts';

const hourMs = 3_600_000;
const hourOf = (at: Date) => new Date(Math.floor(at.getTime() / hourMs) * hourMs);

/**
 * Counts a failed sign-in for the account, or for `unknown` where there is no such name. Neither the name typed nor
 * the network address is kept: people type passwords into the wrong field, and an address is a person.
 */
export async function countFailedSignIn(accountId: string | undefined, what: 'password' | 'code'): Promise<void> {
  const [id, hour] = [accountId ?? 'unknown', hourOf(now())];
  await FailedSignInModel.updateOne(
    { _id: `${id}:${hour.getTime()}` },
    { $inc: { [what]: 1 }, $setOnInsert: { accountId: id, hour, enteredAt: null } },
    { upsert: true },
  );
}

/** How often somebody failed to sign in to the account in the last 24 hours. */
export async function failedLately(accountId: string): Promise<number> {
  const since = new Date(now().getTime() - 24 * hourMs);
  const rows = await FailedSignInModel.find({ accountId, hour: { $gt: since } }).lean<FailedSignIns[]>();
  return rows.reduce((sum, row) => sum + row.password + row.code, 0);
}

/** Enters every finished hour with failures in the audit trail, one line an account. */
export const enterFailedSignIns = defineJob({
  name: 'identity.enter-failed-sign-ins',
  input: z.object({}),
  cron: '7 * * * *',
  async run() {
    const waiting = await FailedSignInModel.find({ enteredAt: null, hour: { $lt: hourOf(now()) } })
      .limit(1000)
      .lean<FailedSignIns[]>();
    for (const row of waiting) await enter(row);
  },
});

async function enter({ _id, accountId, hour, password, code }: FailedSignIns): Promise<void> {
  // claimed first: two workers at once must not tell it twice
  const { matchedCount } = await FailedSignInModel.updateOne({ _id, enteredAt: null }, { $set: { enteredAt: now() } });
  if (matchedCount === 0) return;
  const account = accountId === 'unknown' ? undefined : await findAccount(accountId);
  await recordAudit(systemActor('identity.enter-failed-sign-ins'), {
    verb: 'account.sign-in-failed',
    target: { type: 'account', id: accountId, label: account?.displayName ?? '' },
    after: { hour: hour.toISOString(), wrongSignIns: password, wrongSecondFactors: code },
  });
}
