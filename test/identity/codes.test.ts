import { afterEach, describe, expect, it } from '@jest/globals';
import { AttemptModel } from '../../src/identity/attemptModel.ts';
import { CitizenModel } from '../../src/identity/citizenModel.ts';
import { addressOf, onCitizenGone, onGuestLinked } from '../../src/identity/index.ts';
import { setClock } from '../../src/kernel/time.ts';
import { useApp } from '../support/app.ts';
import { Caller, type Answer } from '../support/signIn.ts';
import { codeSentTo } from '../support/outbox.ts';

const app = useApp();
afterEach(() => setClock());

async function ask(caller: Caller, address: string): Promise<Answer> {
  await caller.get('/sign-in');
  return caller.post('/sign-in', { address });
}
const attemptIn = ({ location }: Answer): string => /attempt=([0-9a-z]+)/.exec(location ?? '')?.[1] ?? '';

async function enter(caller: Caller, attemptId: string, code: string): Promise<Answer> {
  await caller.get(`/sign-in/code?attempt=${attemptId}`);
  return caller.post('/sign-in/code', { attemptId, code });
}

async function citizenAt(address: string): Promise<Caller> {
  const caller = new Caller(app);
  const attemptId = attemptIn(await ask(caller, address));
  const answer = await enter(caller, attemptId, await codeSentTo(address));
  expect(answer).toMatchObject({ status: 303, location: '/account' });
  await caller.get('/account');
  return caller;
}
const inMinutes = (minutes: number) => {
  const then = Date.now() + minutes * 60_000;
  setClock(() => new Date(then));
};

describe('a citizen', () => {
  it('signs in with a code from their mailbox, and keeps one account however often', async () => {
    const caller = await citizenAt('Chen.Wei@Example.com');
    expect((await caller.get('/account')).text).toContain('ch•••@example.com');
    inMinutes(2);
    await citizenAt('chen.wei@example.com');
    expect(await CitizenModel.countDocuments()).toBe(1);
  });

  it('leaves no readable address or code in what is stored about them', async () => {
    await citizenAt('secretive@example.com');
    const stored = JSON.stringify([await CitizenModel.find().lean(), await AttemptModel.find().lean()]);
    expect(stored).not.toContain('secretive');
    expect(stored).not.toMatch(/"\d{6}"/);
    const all = await CitizenModel.find().lean();
    const addresses = await Promise.all(all.map(({ _id }) => addressOf(_id)));
    expect(addresses).toContain('secretive@example.com');
  });

  it('hears the same whether the address is known or not', async () => {
    await citizenAt('known@example.com');
    inMinutes(2);
    const [known, unknown] = [
      await ask(new Caller(app), 'known@example.com'),
      await ask(new Caller(app), 'unknown@example.com'),
    ];
    const shape = ({ status, location }: Answer) => [status, location?.replace(/attempt=.*/, '')];
    expect(shape(known)).toEqual(shape(unknown));
  });

  it('takes what the device did along, once', async () => {
    const links: [string, string][] = [];
    onGuestLinked(async (guestId, citizenId) => {
      links.push([guestId, citizenId]);
    });
    const caller = new Caller(app);
    await caller.get('/account');
    await caller.post('/account/nickname', { nickname: '海风 🌊' });
    const address = 'linked@example.com';
    await enter(caller, attemptIn(await ask(caller, address)), await codeSentTo(address));
    expect(links).toHaveLength(1);
    expect((await CitizenModel.findById(links[0]?.[1]).lean())?.nickname).toBe('海风 🌊');
  });

  it('can delete the account; then nothing of it is left and the session is over', async () => {
    const gone: string[] = [];
    onCitizenGone(async (citizenId) => {
      gone.push(citizenId);
    });
    const caller = await citizenAt('leaving@example.com');
    expect((await caller.post('/account/delete')).status).toBe(422);
    expect((await caller.post('/account/delete', { sure: 'yes' })).status).toBe(303);
    expect(gone).toHaveLength(1);
    expect(await CitizenModel.findById(gone[0])).toBeNull();
    expect((await caller.get('/account')).text).toContain('您现在是游客');
  });

  it('is no official', async () => {
    const caller = await citizenAt('curious@example.com');
    for (const path of ['/office', '/office/accounts', '/office/audit']) {
      expect((await caller.get(path)).location).toContain('/office/sign-in');
    }
  });
});

describe('a code', () => {
  it('is sent once a minute and a few times a day', async () => {
    const address = 'often@example.com';
    expect((await ask(new Caller(app), address)).status).toBe(303);
    const soon = await ask(new Caller(app), ' OFTEN@example.com');
    expect(soon.status).toBe(429);
    expect(Number(soon.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    for (let index = 1; index < 10; index += 1) {
      inMinutes(index * 2);
      expect((await ask(new Caller(app), address)).status).toBe(303);
    }
    inMinutes(30);
    expect((await ask(new Caller(app), address)).status).toBe(429);
  });

  it('reaches whoever proved the address in this browser before, however often strangers asked', async () => {
    const address = 'flooded@example.com';
    const owner = await citizenAt(address);
    await owner.post('/sign-out');
    for (let index = 1; index <= 11; index += 1) {
      inMinutes(index * 2);
      await ask(new Caller(app), address);
    }
    expect((await ask(new Caller(app), address)).status).toBe(429);
    await codeSentTo(address); // all of the strangers' mails are out
    inMinutes(24);
    const again = await ask(owner, address);
    expect(again.status).toBe(303);
    expect((await enter(owner, attemptIn(again), await codeSentTo(address))).location).toBe('/account');
  });

  it('says in the browser that asked, and in no other, where it went, and sends another after a minute', async () => {
    const [caller, address] = [new Caller(app), 'slip.of.finger@example.com'];
    const attemptId = attemptIn(await ask(caller, address));
    const page = (await caller.get(`/sign-in/code?attempt=${attemptId}`)).text;
    expect(page).toContain(address);
    expect(page).toContain('data-wait-until');
    expect(page).toContain('换一个邮箱');
    const other = await new Caller(app).get(`/sign-in/code?attempt=${attemptId}`);
    expect([other.status, other.text.includes('slip.of')]).toEqual([200, false]);
    inMinutes(2);
    const second = await caller.post('/sign-in', { address });
    expect([second.status, attemptIn(second) !== attemptId]).toEqual([303, true]);
  });

  it('goes to an address once when it is asked for many times at the same moment', async () => {
    const callers = Array.from({ length: 6 }, () => new Caller(app));
    const answers = await Promise.all(callers.map((caller) => ask(caller, 'crowd@example.com')));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 429, 429, 429, 429, 429]);
  });

  it('is void after five wrong tries, even for the right code', async () => {
    const address = 'clumsy@example.com';
    const caller = new Caller(app);
    const attemptId = attemptIn(await ask(caller, address));
    const code = await codeSentTo(address);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    for (let index = 0; index < 4; index += 1) expect((await enter(caller, attemptId, wrong)).status).toBe(422);
    expect((await enter(caller, attemptId, wrong)).status).toBe(409);
    expect((await enter(caller, attemptId, code)).status).toBe(409);
  });

  it('works once, for ten minutes, and only for the attempt it belongs to', async () => {
    const address = 'once@example.com';
    const caller = new Caller(app);
    const attemptId = attemptIn(await ask(caller, address));
    const code = await codeSentTo(address);
    inMinutes(11);
    expect((await enter(new Caller(app), attemptId, code)).status).toBe(409);
    setClock();
    const other = attemptIn(await ask(new Caller(app), 'other@example.com'));
    const elsewhere = await enter(new Caller(app), other, code);
    expect([409, 422]).toContain(elsewhere.status);
    const full = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    expect((await enter(caller, attemptId, ` ${full} `)).status).toBe(303);
    expect((await enter(new Caller(app), attemptId, code)).status).toBe(409);
  });

  it('is asked for with an address, not with anything else', async () => {
    const caller = new Caller(app);
    for (const address of [
      '',
      'nobody',
      'a@b',
      'a@example.com\r\nBcc: b@example.com',
      `${'a'.repeat(300)}@example.com`,
    ]) {
      expect((await ask(caller, address)).status).toBe(422);
    }
    expect((await caller.call('/sign-in', { address: { $gt: '' } })).status).toBe(422);
    expect((await caller.call('/sign-in/code', { attemptId: { $ne: '' }, code: '000000' })).status).toBe(422);
  });
});
