import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { AccountModel, requireAccount } from '../../src/identity/accountModel.ts';
import { resetPassword } from '../../src/identity/actions/resetPassword.ts';
import { resetSecondFactor } from '../../src/identity/actions/resetSecondFactor.ts';
import { enterFailedSignIns } from '../../src/identity/failedSignIns.ts';
import { failedCodesPerAccount } from '../../src/identity/settings.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { setClock } from '../../src/kernel/time.ts';
import { changeSetting } from '../../src/organization/actions/changeSetting.ts';
import { useApp } from '../support/app.ts';
import { actorFor, makeStaff, type TestAccount } from '../support/identity.ts';
import { type Answer, Caller, signIn } from '../support/signIn.ts';

const app = useApp();
const system = systemActor('test');
const page = '/office/account/second-factor';
const demand = (role: string, value: boolean) => changeSetting(system, { key: `second-factor.for-${role}`, value });

// Every half minute's code opens once, so the tests move the clock as a person waits for the next code; in between it
// stands still, in the middle of a half minute, lest a code grows old on its way
let present = Math.floor(Date.now() / 30_000) * 30_000 + 15_000;
const wait = (seconds: number) => {
  present += seconds * 1000;
  setClock(() => new Date(present));
};
beforeAll(() => wait(0));
afterEach(() => demand('clerk', false));

const keyIn = (text: string) => /<code class="secret-letters">([A-Z2-7 ]+)</.exec(text)?.[1]?.replaceAll(' ', '') ?? '';
const codeOf = (secret: string, seconds = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: present + seconds * 1000 });
const recoveryIn = (text: string) =>
  [...text.matchAll(/<code>([0-9a-z]{5}-[0-9a-z]{5})<\/code>/g)].map(([, c]) => c ?? '');

async function setUp(account: TestAccount): Promise<{ visitor: Caller; secret: string; codes: string[] }> {
  const visitor = await signIn(app, account);
  const secret = keyIn((await visitor.get(page)).text);
  const done = await visitor.post(page, { code: codeOf(secret), current: account.password });
  expect(done.location).toBe(`${page}/codes`);
  const codes = recoveryIn((await visitor.get(`${page}/codes`)).text);
  wait(90);
  return { visitor, secret, codes };
}

/** Gives name and password at the door; gives the browser that stands before the next step. */
async function giveNameAndPassword(account: TestAccount): Promise<{ visitor: Caller; answer: Answer }> {
  const visitor = new Caller(app);
  await visitor.get('/office/sign-in');
  const answer = await visitor.post('/office/sign-in', { userName: account.userName, password: account.password });
  if (answer.location) await visitor.get(answer.location);
  return { visitor, answer };
}

describe('setting up', () => {
  it('needs the password and a first code, shows ten recovery codes once and keeps nothing readable', async () => {
    const account = await makeStaff();
    const [visitor, elsewhere] = [await signIn(app, account), await signIn(app, account)];
    const offered = await visitor.get(page);
    expect(offered.headers.get('cache-control')).toBe('no-store');
    expect(offered.text).toContain('src="data:image/png;base64,');
    const secret = keyIn(offered.text);
    expect(secret).toHaveLength(32);
    expect(keyIn((await visitor.get(page)).text)).toBe(secret);
    expect((await visitor.post(page, { code: '000000', current: account.password })).status).toBe(422);
    expect((await visitor.post(page, { code: codeOf(secret), current: 'wrong' })).status).toBe(422);
    expect((await visitor.post(page, { code: codeOf(secret), current: account.password })).status).toBe(303);
    const codes = recoveryIn((await visitor.get(`${page}/codes`)).text);
    expect(new Set(codes).size).toBe(10);
    expect((await visitor.get(`${page}/codes`)).location).toBe(page);
    expect((await elsewhere.get('/office')).status).toBe(303);
    const stored = JSON.stringify(await AccountModel.findById(account.id).lean());
    for (const readable of [secret, ...codes]) expect(stored).not.toContain(readable);
    expect(
      await AuditEntryModel.countDocuments({ verb: 'account.set-up-second-factor', 'target.id': account.id }),
    ).toBe(1);
  });
});

describe('signing in with a second factor', () => {
  it('opens nothing by the password alone, and the office by the code', async () => {
    const account = await makeStaff();
    const { secret } = await setUp(account);
    const { visitor, answer } = await giveNameAndPassword(account);
    expect(answer.location).toBe('/office/sign-in/code');
    expect((await visitor.get('/office')).location).toContain('/office/sign-in');
    expect((await visitor.get('/office/sign-in/password')).status).not.toBe(500);
    expect((await visitor.post('/office/sign-in/password', { password: 'a', repeated: 'a' })).location).toContain(
      'sign-in',
    );
    await visitor.get('/office/sign-in/code');
    expect((await visitor.post('/office/sign-in/code', { code: '123456' })).status).toBe(422);
    expect((await visitor.post('/office/sign-in/code', { code: codeOf(secret) })).location).toBe('/office');
    expect((await visitor.get('/office')).status).toBe(200);
  });

  it.each([
    ['the present code', 0, 303],
    ['the code before', -30, 303],
    ['the next code', 30, 303],
    ['a code a minute old', -60, 422],
    ['a code a minute ahead', 60, 422],
  ])('takes %s or not: %d s gives %d', async (_, seconds, status) => {
    const account = await makeStaff();
    const { secret } = await setUp(account);
    const { visitor } = await giveNameAndPassword(account);
    expect((await visitor.post('/office/sign-in/code', { code: codeOf(secret, seconds) })).status).toBe(status);
  });

  it('takes a code once, also of two browsers at the same moment', async () => {
    const account = await makeStaff();
    const { secret } = await setUp(account);
    const code = codeOf(secret);
    const doors = [await giveNameAndPassword(account), await giveNameAndPassword(account)];
    const answers = await Promise.all(doors.map(({ visitor }) => visitor.post('/office/sign-in/code', { code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const later = await giveNameAndPassword(account);
    expect((await later.visitor.post('/office/sign-in/code', { code })).status).toBe(422);
  });

  it('takes each recovery code once, however it is typed, and tells how many are left', async () => {
    const account = await makeStaff();
    const { codes } = await setUp(account);
    const [code = ''] = codes;
    const first = await giveNameAndPassword(account);
    const typed = code.replace('-', ' ').toUpperCase();
    expect((await first.visitor.post('/office/sign-in/code', { code: typed })).location).toBe('/office');
    expect((await first.visitor.get('/office')).text).toContain('还剩 9 个');
    const second = await giveNameAndPassword(account);
    expect((await second.visitor.post('/office/sign-in/code', { code })).status).toBe(422);
    expect((await requireAccount(account.id)).secondFactor?.recovery).toHaveLength(9);
  });

  it('makes the account wait after too many wrong codes, even with the right one', async () => {
    const account = await makeStaff();
    const { secret } = await setUp(account);
    const { visitor } = await giveNameAndPassword(account);
    for (let index = 0; index < failedCodesPerAccount.value(); index += 1) {
      expect((await visitor.post('/office/sign-in/code', { code: '000000' })).status).toBe(422);
    }
    expect((await visitor.post('/office/sign-in/code', { code: codeOf(secret) })).status).toBe(429);
    const again = await giveNameAndPassword(account);
    expect((await again.visitor.post('/office/sign-in/code', { code: codeOf(secret) })).status).toBe(429);
  });

  it('still asks for the code when the password is a one-time one', async () => {
    const account = await makeStaff();
    const { secret } = await setUp(account);
    const { oneTimePassword } = await resetPassword(system, { id: account.id });
    const { visitor, answer } = await giveNameAndPassword({ ...account, password: oneTimePassword });
    expect(answer.location).toBe('/office/sign-in/code');
    const proved = await visitor.post('/office/sign-in/code', { code: codeOf(secret) });
    expect(proved.location).toBe('/office/sign-in/password');
    await visitor.get('/office/sign-in/password');
    const password = 'two ships in the fog';
    expect((await visitor.post('/office/sign-in/password', { password, repeated: password })).location).toBe('/office');
  });
});

describe('ending it', () => {
  it('takes password and code to turn it off or to renew the recovery codes', async () => {
    const account = await makeStaff();
    const { visitor, secret, codes } = await setUp(account);
    await visitor.get(page);
    const proof = { current: account.password, code: codeOf(secret) };
    expect((await visitor.post(`${page}/renew`, { ...proof, current: 'wrong' })).status).toBe(422);
    expect((await visitor.post(`${page}/renew`, proof)).location).toBe(`${page}/codes`);
    const renewed = recoveryIn((await visitor.get(`${page}/codes`)).text);
    expect(renewed).toHaveLength(10);
    await visitor.get(page);
    const off = (code: string) => visitor.post(`${page}/turn-off`, { current: account.password, code });
    expect((await off(codes[0] ?? '')).status).toBe(422);
    expect((await off(renewed[0] ?? '')).location).toBe('/office/account');
    expect((await giveNameAndPassword(account)).answer.location).toBe('/office');
  });

  it('is done for somebody else by an administrator of their branch only, and ends their sessions', async () => {
    const [account, administrator] = [await makeStaff(), await makeStaff({ roles: ['administrator'] })];
    const { visitor } = await setUp(account);
    await expect(
      resetSecondFactor(await actorFor(await makeStaff({ roles: ['head'] })), { id: account.id }),
    ).rejects.toMatchObject({ status: 403 });
    const desk = await signIn(app, administrator);
    const href = `/office/accounts/${account.id}`;
    expect((await desk.get(href)).text).toContain('重置两步验证');
    expect((await desk.post(`${href}/reset-second-factor`)).location).toBe(href);
    expect((await visitor.get('/office')).status).toBe(303);
    expect((await giveNameAndPassword(account)).answer.location).toBe('/office');
    expect(await AuditEntryModel.countDocuments({ verb: 'account.reset-second-factor', 'target.id': account.id })).toBe(
      1,
    );
    const own = await setUp(administrator);
    const answer = await own.visitor.post(`/office/accounts/${administrator.id}/reset-second-factor`);
    expect(answer.status).toBe(409);
  });
});

describe('when a role demands it', () => {
  it('lets nobody in before it is set up, open sessions included, and leads them there', async () => {
    const account = await makeStaff({ roles: ['clerk'] });
    const before = await signIn(app, account);
    await demand('clerk', true);
    expect((await before.get('/office')).location).toContain('/office/sign-in');
    const { visitor, answer } = await giveNameAndPassword(account);
    expect(answer.location).toBe('/office/sign-in/second-factor');
    expect((await visitor.get('/office')).status).toBe(303);
    const secret = keyIn((await visitor.get('/office/sign-in/second-factor')).text);
    expect((await visitor.post('/office/sign-in/second-factor', { code: '000000' })).status).toBe(422);
    const done = await visitor.post('/office/sign-in/second-factor', { code: codeOf(secret) });
    expect(done.location).toBe(`${page}/codes`);
    expect(recoveryIn((await visitor.get(`${page}/codes`)).text)).toHaveLength(10);
    wait(90);
    await visitor.get(page);
    const off = await visitor.post(`${page}/turn-off`, { current: account.password, code: codeOf(secret) });
    expect(off.status).toBe(409);
  });

  it('is refused to an administrator who has none: nobody locks themselves out', async () => {
    const account = await makeStaff({ roles: ['administrator'] });
    const desk = await signIn(app, account);
    const path = '/office/settings/second-factor.for-administrator';
    await desk.get(path);
    const refused = await desk.post(path, { value: 'true' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('先为自己设置');
    const { visitor } = await setUp(account);
    await visitor.get(path);
    expect((await visitor.post(path, { value: 'true' })).status).toBe(303);
    expect((await visitor.get('/office')).status).toBe(200);
    await demand('administrator', false);
  });
});

describe('failed sign-ins', () => {
  it('stand in the trail by account and hour, without the name that was typed', async () => {
    const account = await makeStaff();
    const visitor = new Caller(app);
    await visitor.get('/office/sign-in');
    for (const userName of [account.userName, account.userName, 'my.secret.typed.here']) {
      await visitor.post('/office/sign-in', { userName, password: 'wrong' });
    }
    await enterFailedSignIns.run({}, undefined as never);
    expect(await AuditEntryModel.countDocuments({ verb: 'account.sign-in-failed', 'target.id': account.id })).toBe(0);
    wait(3600);
    await Promise.all([1, 2].map(() => enterFailedSignIns.run({}, undefined as never)));
    const entries = await AuditEntryModel.find({ verb: 'account.sign-in-failed' }).lean();
    const own = entries.filter(({ target }) => target.id === account.id);
    expect(own.map(({ after }) => after)).toEqual([
      expect.objectContaining({ wrongSignIns: 2, wrongSecondFactors: 0 }),
    ]);
    expect(entries.some(({ target }) => target.id === 'unknown')).toBe(true);
    expect(JSON.stringify(entries)).not.toContain('my.secret');
  });
});
