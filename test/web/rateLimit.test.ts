import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { newId } from '../../src/kernel/id.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { SharedCountModel, takeShared } from '../../src/platform/sharedCounts.ts';
import { networkOf } from '../../src/web/network.ts';
import { rateLimit, type RateLimit } from '../../src/web/rateLimit.ts';
import { useDatabase } from '../support/database.ts';

useDatabase([SharedCountModel]);

const allowance = { person: 40, address: 100, seconds: 600, shared: true };
/** A second declaration has a memory of its own, as another process has. */
const [here, there] = [rateLimit('test-shared', allowance), rateLimit('test-shared', allowance)];

/** How many of so many at the same moment are let through. */
async function through(limit: RateLimit, times: number, person?: string, address?: string): Promise<number> {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, () => limit.consume(person, address)));
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ status: 429 });
  }
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

/** The same in another process on the same database. */
async function elsewhere(times: number, address: string): Promise<number> {
  const script = `
    const { default: mongoose } = await import('mongoose');
    await mongoose.connect(process.env.MONGODB_URI, { directConnection: true, dbName: process.argv[1] });
    const { rateLimit } = await import('./src/web/rateLimit.ts');
    const limit = rateLimit('test-shared', ${JSON.stringify(allowance)});
    let through = 0;
    for (let n = 0; n < ${times}; n += 1) {
      await limit.consume(undefined, process.argv[2]).then(() => (through += 1), (error) => {
        if (error.status !== 429) throw error;
      });
    }
    console.log(through);
    await mongoose.disconnect();`;
  const given = ['--input-type=module', '-e', script, mongoose.connection.name, address];
  const env = { ...process.env, NODE_ENV: 'test', NODE_OPTIONS: '', MONGODB_URI: config.mongodbUri };
  const { stdout } = await promisify(execFile)(process.execPath, given, { env });
  return Number(stdout);
}

describe('a limit for all processes together', () => {
  it('holds for processes that count at the same time', async () => {
    const address = newId();
    const counts = await Promise.all([
      elsewhere(90, address),
      elsewhere(90, address),
      through(here, 60, undefined, address),
    ]);
    const sum = counts.reduce((total, count) => total + count, 0);
    // Whoever took a part of the limit for itself may not need it: at most a sixteenth less each
    expect(sum).toBeLessThanOrEqual(100);
    expect(sum).toBeGreaterThan(100 - 3 * 6);
  });

  it('is used up exactly, by two who take it in turn or at once', async () => {
    const person = newId();
    let taken = 0;
    for (let n = 0; n < 30; n += 1) taken += (await through(here, 1, person)) + (await through(there, 1, person));
    expect(taken).toBe(40);
    const both = newId();
    const [one, other] = await Promise.all([through(here, 50, both), through(there, 50, both)]);
    expect(one + other).toBeLessThanOrEqual(40);
    expect(one + other).toBeGreaterThan(36);
    expect(await through(here, 1, newId())).toBe(1); // nobody else is slowed
  });

  it('says how long to wait, follows its setting, and keeps nothing readable', async () => {
    const person = `readable-${newId()}`;
    await storeSetting('web.limit-test-shared-person', 2, 'test');
    expect(await through(here, 5, person, '198.51.100.23')).toBe(2);
    await storeSetting('web.limit-test-shared-person', null, 'test');
    expect(await through(here, 3, person)).toBe(3);
    const last = await takeShared('one', { limit: 1, windowMs: 5_000, at: new Date(0) });
    expect(last).toEqual({ taken: true, left: 5_000 });
    const refused = await takeShared('one', { limit: 1, windowMs: 5_000, at: new Date(2_000) });
    expect(refused).toEqual({ taken: false, left: 3_000 });
    expect(await takeShared('one', { limit: 1, windowMs: 5_000, at: new Date(5_000) })).toMatchObject({ taken: true });
    const stored = JSON.stringify(await SharedCountModel.find().lean());
    expect(stored).not.toContain(person);
    expect(stored).not.toContain('198.51.100');
  });

  it('is not written for those limits that each process counts for itself', async () => {
    const own = rateLimit('test-own', { ...allowance, shared: false });
    const before = await SharedCountModel.countDocuments();
    expect(await through(own, 60, newId(), newId())).toBe(40);
    expect(await SharedCountModel.countDocuments()).toBe(before);
  });
});

describe('a network', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['0:0:0:0:0:FFFF:C000:0201', '192.0.2.1'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:1:2:3', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['not an address', 'not an address'],
  ])('of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));

  it('counts as one, however many addresses it has', async () => {
    const limit = rateLimit('test-networks', { person: 1, address: 5, seconds: 60 });
    const addresses = Array.from({ length: 9 }, (_, n) => `2001:db8:1:2::${n.toString(16)}`);
    const taken = await Promise.all(addresses.map((address) => through(limit, 1, undefined, address)));
    expect(taken.filter((one) => one === 1)).toHaveLength(5);
    expect(await through(limit, 1, undefined, '2001:db8:1:3::1')).toBe(1);
  });
});
