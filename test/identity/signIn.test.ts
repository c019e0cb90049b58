import mongoose from 'mongoose';
import { describe, expect, it } from '@jest/globals';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { requireAccount } from '../../src/identity/accountModel.ts';
import { createAccount } from '../../src/identity/actions/createAccount.ts';
import { disableAccount } from '../../src/identity/actions/disableAccount.ts';
import { grantRole } from '../../src/identity/actions/grantRole.ts';
import { resetPassword } from '../../src/identity/actions/resetPassword.ts';
import { passwordFits } from '../../src/identity/password.ts';
import { failedSignInsPerName } from '../../src/identity/settings.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { onSessionsEnded } from '../../src/platform/sessions.ts';
import { useApp } from '../support/app.ts';
import { cityId, makeStaff } from '../support/identity.ts';
import { Caller, signIn } from '../support/signIn.ts';

const app = useApp();
const system = systemActor('test');

describe('signing in', () => {
  it('opens the office under a new session identifier', async () => {
    const account = await makeStaff({ roles: ['handler'], name: '林静' });
    const visitor = new Caller(app);
    expect((await visitor.get('/office')).location).toContain('/office/sign-in');
    await visitor.get('/office/sign-in');
    const planted = 's:planted.signature';
    visitor.cookies.set('wz_session', planted);
    const answer = await visitor.post('/office/sign-in', {
      userName: account.userName.toUpperCase(),
      password: account.password,
    });
    expect(answer).toMatchObject({ status: 303, location: '/office' });
    expect(visitor.cookies.get('wz_session')).toBeDefined();
    expect(visitor.cookies.get('wz_session')).not.toBe(planted);
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('wz_session='));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const office = await visitor.get('/office');
    expect(office.status).toBe(200);
    expect(office.text).toContain('林静');
    expect(await AuditEntryModel.countDocuments({ verb: 'account.sign-in', 'who.id': account.id })).toBe(1);
  });

  it('renews the identifier when somebody signs in over an open session', async () => {
    const [first, second] = [await makeStaff(), await makeStaff()];
    const visitor = await signIn(app, first);
    const before = visitor.cookies.get('wz_session');
    await visitor.post('/sign-out');
    const old = new Caller(app);
    old.cookies.set('wz_session', String(before));
    expect((await old.get('/office')).status).toBe(303);
    const again = await signIn(app, second);
    expect(again.cookies.get('wz_session')).not.toBe(before);
  });

  it('has one answer for an unknown name, a wrong password and a closed account', async () => {
    const account = await makeStaff();
    const closed = await makeStaff();
    await disableAccount(system, { id: closed.id });
    const answers = [];
    for (const [userName, password] of [
      ['nobody-here', 'a long enough password'],
      [account.userName, 'not the right one at all'],
      [closed.userName, closed.password],
    ] as const) {
      const visitor = new Caller(app);
      await visitor.get('/office/sign-in');
      const answer = await visitor.post('/office/sign-in', { userName, password });
      const text = answer.text
        .replaceAll(userName, 'NAME')
        .replace(/(csrf-token" content="|name="_csrf" value=")[^"]+/g, '$1')
        .replace(/<time.*?<\/time>/g, '');
      answers.push({ status: answer.status, text });
    }
    expect(answers[0]?.status).toBe(422);
    expect(answers[0]?.text).toContain('用户名或密码不对');
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('does the same work for a name that does not exist', async () => {
    const { passwordHash } = await requireAccount((await makeStaff()).id);
    await passwordFits(undefined, 'warm');
    const spent = { known: 0, unknown: 0 }; // of the processor: a busy machine changes nothing
    for (let index = 0; index < 10; index += 1) {
      for (const [name, hash] of [
        ['known', passwordHash],
        ['unknown', undefined],
      ] as const) {
        const begun = process.cpuUsage();
        await passwordFits(hash, 'not the right one at all');
        const { user, system } = process.cpuUsage(begun);
        spent[name] += user + system;
      }
    }
    expect(spent.unknown / spent.known).toBeGreaterThan(0.5);
    expect(spent.unknown / spent.known).toBeLessThan(2);
    expect(await passwordFits(undefined, '')).toBe(false);
  });

  it('never sends anybody to another site', async () => {
    const account = await makeStaff();
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const visitor = new Caller(app);
      await visitor.get(`/office/sign-in?next=${encodeURIComponent(next)}`);
      const { location } = await visitor.post('/office/sign-in', { ...account, next });
      expect(location).toBe('/office');
    }
    const visitor = new Caller(app);
    await visitor.get('/office/sign-in');
    expect((await visitor.post('/office/sign-in', { ...account, next: '/office/account' })).location).toBe(
      '/office/account',
    );
  });

  it('refuses bodies that smell of database operators, and forms without a token', async () => {
    const visitor = new Caller(app);
    const body = { userName: { $gt: '' }, password: { $gt: '' } };
    expect((await visitor.call('/office/sign-in', body)).status).toBe(422);
    expect((await visitor.post('/office/sign-in', { 'userName[$gt]': '', 'password[$gt]': '' })).status).toBe(422);
    const account = await makeStaff();
    expect((await visitor.post('/office/sign-in', { ...account, _csrf: 'forged' })).status).toBe(403);
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await visitor.post('/office/sign-in', { ...account }, foreign)).status).toBe(403);
  });

  it('makes a name wait after too many failures, known or not, even with the right password', async () => {
    const account = await makeStaff();
    const limit = failedSignInsPerName.value();
    for (const userName of [account.userName, 'nobody-at-all']) {
      const visitor = new Caller(app);
      await visitor.get('/office/sign-in');
      for (let index = 0; index < limit; index += 1) {
        expect((await visitor.post('/office/sign-in', { userName, password: 'wrong' })).status).toBe(422);
      }
      const answer = await visitor.post('/office/sign-in', { userName, password: account.password });
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.text).toContain('分钟');
    }
    expect((await signIn(app, await makeStaff())).cookies.has('wz_session')).toBe(true);
  });

  it('never locks the owner out: a browser that signed in before, a signed-in official, a new password', async () => {
    const account = await makeStaff();
    const owner = await signIn(app, account);
    const own = await signIn(app, account);
    await own.post('/sign-out');
    const stranger = new Caller(app);
    await stranger.get('/office/sign-in');
    const guess = () => stranger.post('/office/sign-in', { userName: account.userName, password: 'wrong' });
    for (let index = 0; index <= failedSignInsPerName.value(); index += 1) await guess();
    expect((await guess()).status).toBe(429);
    const next = { password: 'three blind mice 1', repeated: 'three blind mice 1' };
    expect((await owner.post('/office/account/password', { current: account.password, ...next })).status).toBe(303);
    await own.get('/office/sign-in');
    const again = await own.post('/office/sign-in', { userName: account.userName, password: next.password });
    expect([again.status, again.location]).toEqual([303, '/office']);
    // A stolen cookie of knowing is worth nothing on another device
    const thief = new Caller(app);
    thief.setCookie('wz_known', own.cookies.get('wz_known') ?? '');
    await thief.get('/office/sign-in');
    for (let index = 0; index <= failedSignInsPerName.value(); index += 1) {
      await thief.post('/office/sign-in', { userName: account.userName, password: 'wrong' });
    }
    expect((await thief.post('/office/sign-in', { userName: account.userName, ...next })).status).toBe(429);
    const { oneTimePassword } = await resetPassword(system, { id: account.id });
    const fresh = await thief.post('/office/sign-in', { userName: account.userName, password: oneTimePassword });
    expect(fresh.location).toBe('/office/sign-in/password');
  });
});

describe('a session ends', () => {
  const ways: [string, (id: string) => Promise<unknown>][] = [
    ['a role is given', async (id) => grantRole(system, { id, role: 'clerk', departmentId: await cityId() })],
    ['the account is closed', (id) => disableAccount(system, { id })],
    ['the password is reset', (id) => resetPassword(system, { id })],
  ];
  it.each(ways)('when %s, and its sockets are told', async (_, act) => {
    const account = await makeStaff({ roles: ['handler'] });
    const visitor = await signIn(app, account);
    expect((await visitor.get('/office')).status).toBe(200);
    const ended: string[] = [];
    const stop = onSessionsEnded(({ personId }) => ended.push(personId));
    await act(account.id);
    stop();
    expect(ended).toEqual([account.id]);
    expect((await visitor.get('/office')).location).toContain('/office/sign-in');
  });

  it('at sign-out; the cookie is worth nothing afterwards', async () => {
    const visitor = await signIn(app, await makeStaff());
    const kept = visitor.cookie;
    const out = await visitor.post('/sign-out');
    expect(out.status).toBe(303);
    expect(visitor.cookies.has('wz_session')).toBe(false);
    const replay = await fetch(`${app.base}/office`, {
      headers: { cookie: kept, accept: 'text/html' },
      redirect: 'manual',
    });
    expect(replay.status).toBe(303);
  });

  it('elsewhere when the password is changed or the others are ended, but not here', async () => {
    const account = await makeStaff();
    const [here, there] = [await signIn(app, account), await signIn(app, account)];
    expect((await here.get('/office/account')).text).toContain('退出其他 1 处');
    await here.post('/office/account/end-others');
    expect((await here.get('/office')).status).toBe(200);
    expect((await there.get('/office')).status).toBe(303);
    const other = await signIn(app, account);
    const password = 'a quiet harbour at dawn';
    const fields = { current: account.password, password, repeated: password };
    expect(
      (await here.post('/office/account/password', { ...fields, repeated: 'something else entirely' })).status,
    ).toBe(422);
    expect((await here.post('/office/account/password', { ...fields, current: 'wrong' })).status).toBe(422);
    expect((await here.post('/office/account/password', fields)).status).toBe(303);
    expect((await here.get('/office')).status).toBe(200);
    expect((await other.get('/office')).status).toBe(303);
    await signIn(app, { userName: account.userName, password });
  });

  it('and a forged cookie opens nothing', async () => {
    const account = await makeStaff();
    const visitor = await signIn(app, account);
    const real = String(visitor.cookies.get('wz_session'));
    for (const forged of [real.slice(0, -2) + 'xx', real.replace('s:', ''), `s:${account.id}.x`]) {
      visitor.cookies.set('wz_session', forged);
      expect((await visitor.get('/office')).status).toBe(303);
    }
  });
});

describe('the first sign-in', () => {
  it('asks for a password of one’s own before anything opens', async () => {
    const departmentId = await cityId();
    const fields = { userName: 'first.timer', displayName: '新同事', departmentId };
    const { oneTimePassword } = await createAccount(system, fields);
    const visitor = new Caller(app);
    await visitor.get('/office/sign-in');
    const first = await visitor.post('/office/sign-in', { userName: 'first.timer', password: oneTimePassword });
    expect(first).toMatchObject({ status: 303, location: '/office/sign-in/password' });
    expect((await visitor.get('/office')).location).toContain('/office/sign-in');
    await visitor.get('/office/sign-in/password');
    const choose = (password: string) => visitor.post('/office/sign-in/password', { password, repeated: password });
    for (const weak of ['short', 'password1234', '111111111111111', 'my name is first.timer', oneTimePassword]) {
      expect((await choose(weak)).status).toBe(422);
    }
    expect((await choose('two ships in the fog')).location).toBe('/office');
    expect((await visitor.get('/office')).status).toBe(200);
  });

  it('is over for a pending browser when the administrator gives another password', async () => {
    const departmentId = await cityId();
    const { id, oneTimePassword } = await createAccount(system, {
      userName: 'late.comer',
      displayName: '迟到',
      departmentId,
    });
    const visitor = new Caller(app);
    await visitor.get('/office/sign-in');
    await visitor.post('/office/sign-in', { userName: 'late.comer', password: oneTimePassword });
    await visitor.get('/office/sign-in/password');
    await resetPassword(system, { id });
    const answer = await visitor.post('/office/sign-in/password', {
      password: 'two ships in the fog',
      repeated: 'two ships in the fog',
    });
    expect(answer.location).toContain('/office/sign-in');
    expect((await requireAccount(id)).mustChangePassword).toBe(true);
  });
});

describe('demo accounts', () => {
  it('have no one-click door outside demo mode', async () => {
    const account = await makeStaff({ demo: true });
    const visitor = new Caller(app);
    expect((await visitor.post('/office/sign-in/demo', { accountId: account.id })).status).toBe(404);
    expect((await visitor.get('/office/sign-in')).text).not.toContain(account.userName);
  });
});

describe('a session of an official', () => {
  const sessions = () => mongoose.connection.collection('sessions');
  const hours = (number: number) => Date.now() - number * 3_600_000;

  it.each([
    ['twelve hours after the sign-in, whatever was done', { 'session.startedAt': hours(13) }],
    ['when nothing was done for two hours', { 'session.startedAt': hours(3), lastModified: new Date(hours(2.5)) }],
  ])('ends %s, and says so', async (_, set) => {
    const account = await makeStaff();
    const visitor = await signIn(app, account);
    await sessions().updateOne({ 'session.personId': account.id }, { $set: set });
    expect((await visitor.get('/office')).location).toContain('/office/sign-in');
    expect(await sessions().countDocuments({ 'session.personId': account.id })).toBe(0);
    await visitor.get('/office/sign-in');
    const back = await visitor.post('/office/sign-in', { userName: account.userName, password: account.password });
    expect(back.location).toBe('/office');
  });

  it('goes on while something is done, and has another identifier after a new password', async () => {
    const account = await makeStaff();
    const visitor = await signIn(app, account);
    const set = { 'session.startedAt': hours(11), lastModified: new Date(hours(1)) };
    await sessions().updateOne({ 'session.personId': account.id }, { $set: set });
    expect((await visitor.get('/office/account')).status).toBe(200);
    const before = visitor.cookies.get('wz_session');
    const next = { current: account.password, password: 'three blind mice 1', repeated: 'three blind mice 1' };
    expect((await visitor.post('/office/account/password', next)).status).toBe(303);
    expect(visitor.cookies.get('wz_session')).not.toBe(before);
    expect((await visitor.get('/office/account')).status).toBe(200);
    visitor.cookies.set('wz_session', String(before));
    expect((await visitor.get('/office/account')).status).toBe(303);
  });
});
