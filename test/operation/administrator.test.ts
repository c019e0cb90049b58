import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { AccountModel } from '../../src/identity/accountModel.ts';
import { useApp } from '../support/app.ts';
import { surroundings } from '../support/clock.ts';
import { makeStaff } from '../support/identity.ts';
import { Caller } from '../support/signIn.ts';

const app = useApp();
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the command over the database of this test. */
function open(...words: string[]) {
  const uri = new URL(config.mongodbUri ?? '');
  uri.pathname = `/${mongoose.connection.name}`;
  const env = { ...surroundings(), MONGODB_URI: uri.href, LOG_LEVEL: 'silent' };
  const { stdout, stderr, status } = spawnSync(process.execPath, ['src/administrator.ts', ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return { said: stdout + stderr, status };
}

describe('the first administrator of a city', () => {
  it('is opened by a command, once, and signs in with a password that must be changed', async () => {
    expect(open('li-ming').said).toMatch(/^Usage/);
    const bad = open('Li Ming!', '李明', '青澜市');
    expect({ status: bad.status, telling: bad.said.length > 10 }).toEqual({ status: 1, telling: true });
    const { said } = open('li-ming', '李明', '青澜市人民政府');
    const password = / with (\S+)$/m.exec(said)?.[1] ?? '';
    const caller = new Caller(app);
    await caller.get('/office/sign-in');
    const answer = await caller.post('/office/sign-in', { userName: 'li-ming', password });
    expect({ status: answer.status, location: answer.location }).toEqual({
      status: 303,
      location: '/office/sign-in/password',
    });
    expect(open('wang-fang', '王芳', '青澜市').said).toMatch(/already/);
  });
});

it('lets somebody in again who lost the second factor, and leaves a trail', async () => {
  const account = await makeStaff({ roles: ['administrator'] });
  const secondFactor = { sealed: 'x', setUpAt: new Date(), lastStep: 0, recovery: [] };
  await AccountModel.updateOne({ _id: account.id }, { $set: { secondFactor } });
  expect(open('--reset-second-factor').said).toMatch(/^Usage/);
  expect(open('--reset-second-factor', 'nobody-here').said).toMatch(/no active account/);
  expect(open('--reset-second-factor', account.userName).said).toContain('signs in with the password alone');
  expect((await AccountModel.findById(account.id).lean())?.secondFactor).toBeNull();
  const entry = await AuditEntryModel.findOne({ verb: 'account.reset-second-factor', 'target.id': account.id }).lean();
  expect(entry?.who.kind).toBe('system');
  expect(open('--reset-second-factor', account.userName).status).toBe(1);
});
