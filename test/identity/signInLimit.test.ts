import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { failedCodesPerAccount, failedSignInsPerName } from '../../src/identity/settings.ts';
import { SharedCountModel } from '../../src/platform/sharedCounts.ts';
import { countCodeTry, countSignInAttempt } from '../../src/identity/signInLimit.ts';
import { newId } from '../../src/kernel/id.ts';
import { setClock } from '../../src/kernel/time.ts';
import { useDatabase } from '../support/database.ts';

useDatabase([SharedCountModel]);
afterEach(() => setClock());
const later = (minutes: number) => setClock(() => new Date(Date.now() + minutes * 60_000));

/** Somebody never seen before. */
const from = (network: string = newId()) => ({ network, device: newId(), knows: () => false });

/** How many of `times` tries at the same moment are let through. */
async function letThrough(times: number, attempt: () => Promise<unknown>): Promise<number> {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, attempt));
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ status: 429 });
  }
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

/** Tries to sign in from another process on the same database; gives how many tries were let through. */
async function elsewhere(userName: string, times: number): Promise<number> {
  const script = `
    const { default: mongoose } = await import('mongoose');
    await mongoose.connect(process.env.MONGODB_URI, { directConnection: true, dbName: process.argv[1] });
    const { countSignInAttempt } = await import('./src/identity/signInLimit.ts');
    let through = 0;
    for (let n = 0; n < Number(process.argv[3]); n += 1) {
      await countSignInAttempt(process.argv[2], 0, { network: '192.0.2.1', device: 'x', knows: () => false }).then(() => (through += 1), (error) => {
        if (error.status !== 429) throw error;
      });
    }
    console.log(through);
    await mongoose.disconnect();`;
  const given = ['--input-type=module', '-e', script, mongoose.connection.name, userName, String(times)];
  const env = { ...process.env, NODE_ENV: 'test', NODE_OPTIONS: '', MONGODB_URI: config.mongodbUri };
  const { stdout } = await promisify(execFile)(process.execPath, given, { env });
  return Number(stdout);
}

describe('tries to sign in', () => {
  it('add up over processes, and over many at the same moment', async () => {
    const [name, limit] = [newId(), failedSignInsPerName.value()];
    expect(await elsewhere(name, limit - 2)).toBe(limit - 2);
    expect(await letThrough(20, () => countSignInAttempt(name, 0, from('192.0.2.1')))).toBe(2);
    expect(await elsewhere(name, 3)).toBe(0);
    expect(await letThrough(30, () => countSignInAttempt(newId(), 0, from('192.0.2.7')))).toBe(30);
  });

  it('begin anew after a quarter of an hour, for one and not for twenty at once', async () => {
    const [name, limit] = [newId(), failedSignInsPerName.value()];
    expect(await letThrough(limit + 10, () => countSignInAttempt(name, 0, from('192.0.2.1')))).toBe(limit);
    later(14);
    expect(await letThrough(1, () => countSignInAttempt(name, 0, from('192.0.2.1')))).toBe(0);
    later(16);
    expect(await letThrough(limit + 10, () => countSignInAttempt(name, 0, from('192.0.2.1')))).toBe(limit);
  });

  it('are forgotten for a name that got in, and given back to its address', async () => {
    const [name, address] = [newId(), '192.0.2.8'];
    for (let n = 0; n < failedSignInsPerName.value() * 2; n += 1) {
      await (await countSignInAttempt(name, 0, from(address))).succeeded();
    }
    const counts = await SharedCountModel.find({ taken: { $gt: 0 }, _id: { $gt: 'address:', $lt: 'address;' } }).lean();
    // Those that the cases above left, and nothing of this address
    expect(counts).toHaveLength(2);
    expect(await letThrough(1, () => countSignInAttempt(name, 0, from(address)))).toBe(1);
  });

  it('of the second factor are counted apart; nothing readable is kept', async () => {
    const name = `readable-${newId()}`;
    const limit = failedCodesPerAccount.value();
    expect(await letThrough(limit + 5, () => countCodeTry(name))).toBe(limit);
    expect(await letThrough(1, () => countSignInAttempt(name, 0, from('198.51.100.23')))).toBe(1);
    const stored = JSON.stringify(await SharedCountModel.find().lean());
    expect(stored).not.toContain(name);
    expect(stored).not.toContain('198.51.100');
  });
});
