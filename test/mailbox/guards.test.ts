import { beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { systemActor, type Staff } from '../../src/kernel/actor.ts';
import * as act from '../../src/mailbox/index.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { retireDepartment } from '../../src/organization/actions/retireDepartment.ts';
import { departmentById } from '../../src/organization/index.ts';
import { settingByKey, storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { makeStaff } from '../support/identity.ts';
import { makeInterview } from '../support/interview.ts';
import { letterIn, letterText, makeOffice, stored, type Office, type Written } from '../support/mailbox.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let office: Office;
let hidden: Written;
async function signedIn(staff: Staff): Promise<Visitor> {
  const browser = new Visitor(app.base);
  const { name, value } = await staffCookie(staff.id);
  browser.setCookie(name, decodeURIComponent(value));
  await browser.open('/office');
  return browser;
}
beforeAll(async () => {
  office = await makeOffice();
  hidden = await letterIn('assigned', office, { title: '只有承办单位能看的来信' });
  const shown = await letterIn('replied', office);
  const spans = { title: [], body: [], reply: [] };
  await act.publishLetter(office.clerk, { letterId: shown.id, visibility: 'public', spans });
});

describe('a form token taken from somebody else', () => {
  it('is refused on the form of a letter, and nothing is written', async () => {
    const [thief, owner] = [new Visitor(app.base), new Visitor(app.base)];
    await thief.open('/letters/new');
    await owner.open('/letters/new');
    const before = await LetterModel.countDocuments();
    const fields = { ...letterText, formKey: 'stolen-token-0123456789' };
    const sent = await thief.send('/letters/new/send', { ...fields, _csrf: owner.token });
    expect(sent.status).toBe(403);
    // Its cookie taken as well: the token is made for one device
    const cookie = owner.cookies.get('wz_csrf') ?? [...owner.cookies].find(([name]) => name.includes('csrf'))?.[1];
    expect(cookie).toBeDefined();
    thief.setCookie('wz_csrf', cookie ?? '');
    expect((await thief.send('/letters/new/send', { ...fields, _csrf: owner.token })).status).toBe(403);
    expect(await LetterModel.countDocuments()).toBe(before);
  });

  it('is refused on a form of the office, and the letter stays as it was', async () => {
    const [thief, owner] = [await signedIn(office.handler), await signedIn(office.clerk)];
    const before = await stored(hidden.id);
    const path = `/office/letters/${hidden.number}/sign`;
    thief.setCookie('wz_csrf', owner.cookies.get('wz_csrf') ?? '');
    const sent = await thief.send(path, { _csrf: owner.token, version: String(before.version) });
    expect(sent.status).toBe(403);
    expect(await stored(hidden.id)).toEqual(before);
    const own = await signedIn(office.handler);
    expect((await own.send(path, { version: String(before.version) })).status).toBe(303);
  });
});

const names = 'queue state kind box urgency mark department subject search sort after limit month number before topic';
const more = 'from until set page code stage q';
const filters = [...names.split(' '), ...more.split(' ')];
const long = 'x'.repeat(300);
const evil = (name: string): string[] => [
  `${name}[$ne]=`,
  `${name}[$gt]=&${name}[$regex]=.*`,
  `${name}=a&${name}=b`,
  `${name}[]=a`,
  `${name}[a][b][c]=1`,
  `${name}={"$ne":null}`,
  `${name}=${long}`,
  `${name}=%00%F0%9F%8F%AE`,
  `${name}=9999-12`,
  `${name}=-1e400`,
  `__proto__[${name}]=1`,
];

/** Every filter with one kind of hostile value at once, and one very long value alone. */
const hostile = [
  ...evil('').map((_, kind) => filters.map((name) => evil(name)[kind]).join('&')),
  ...['search', 'department', 'number', 'after'].map((name) => `${name}=${'长'.repeat(1200)}`),
];

describe('hostile filters', () => {
  const open = [
    '/letters',
    '/letters/track',
    '/letters/similar',
    '/statistics',
    '/open-data',
    '/open-data/letters.csv',
  ];
  const api = ['/api/v1/letters', '/api/v1/letters/similar', '/api/v1/letters/topics'];
  it.each([...open, ...api])('%s answers them and shows nothing that is not public', async (path) => {
    await storeSetting('web.limit-letter-similar-address', 10_000, 'test');
    for (const query of hostile) {
      const response = await fetch(`${app.base}${path}?${query}`);
      const text = await response.text();
      expect([query.slice(0, 60), [200, 400, 422, 429].includes(response.status)]).toEqual([query.slice(0, 60), true]);
      expect(text).not.toContain(hidden.number);
    }
  });

  const desks = [
    '/office/letters',
    '/office/letters/export.csv',
    '/office/letters/archive',
    '/office/letters/archive/export.csv',
  ];
  it.each(desks)('%s gives a stranger to the letter no row more', async (path) => {
    const stranger = await signedIn(office.stranger);
    for (const query of hostile) {
      const response = await stranger.fetch(`${path}?${query}`);
      expect([query.slice(0, 60), [200, 400].includes(response.status)]).toEqual([query.slice(0, 60), true]);
      expect(await response.text()).not.toContain(hidden.number);
    }
  });

  const boards = ['', '/stages', '/stages/letters', '/figures', '/figures/letters'].map(
    (end) => `/office/supervision${end}`,
  );
  it.each(boards)('%s stays whole', async (path) => {
    const supervisor = await signedIn(office.supervisor);
    for (const query of hostile) {
      const { status } = await supervisor.fetch(`${path}?${query}`);
      expect([query.slice(0, 60), [200, 400, 404, 422].includes(status)]).toEqual([query.slice(0, 60), true]);
    }
  });
});

describe('the page of one box', () => {
  const path = '/office/mailbox/boxes/leader';
  const days = () => settingByKey('mailbox.answer-days-leader').value();

  it('keeps what an administrator changes, and records it', async () => {
    const browser = await signedIn(office.administrator);
    const { departmentId } = office;
    await makeStaff({ departmentId, roles: [{ role: 'clerk', departmentId }] });
    const fields = { 'answer-days-leader': '9', 'owner-leader': office.departmentId, 'leader-may-be-public': 'true' };
    expect((await browser.send(path, fields)).status).toBe(303);
    expect(days()).toBe(9);
    const entries = await AuditEntryModel.find({ 'who.id': office.administrator.id }).lean();
    expect(JSON.stringify(entries)).toContain('mailbox.answer-days-leader');
    expect((await browser.send(path, { ...fields, 'owner-leader': '' })).status).toBe(303);
  });

  it('takes nothing when one value is wrong, and keeps what was typed', async () => {
    const browser = await signedIn(office.administrator);
    const before = days();
    const refused = await browser.send(path, { 'answer-days-leader': '98765', 'owner-leader': office.departmentId });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('98765');
    expect([days(), settingByKey('mailbox.owner-leader').value()]).toEqual([before, '']);
  });

  it('is there for administrators alone, who cannot read letters', async () => {
    for (const staff of [office.clerk, office.supervisor, office.head, office.handler]) {
      const browser = await signedIn(staff);
      const before = days();
      expect((await browser.open(path)).status).toBe(403);
      expect((await browser.send(path, { 'answer-days-leader': '3' })).status).toBe(403);
      expect(days()).toBe(before);
    }
    const administrator = await signedIn(office.administrator);
    expect((await administrator.open(`/office/letters/${hidden.number}`)).status).toBe(404);
    expect((await administrator.open('/office/letters')).status).toBe(403);
  });
});

describe('a department with work in hand', () => {
  it('does not end; its page says what is open and where to see to it', async () => {
    const interview = await makeInterview('announced');
    await expect(retireDepartment(systemActor('test'), { id: interview.departmentId })).rejects.toMatchObject({
      status: 409,
      told: { key: 'interview.errors.department-has-interviews', params: { count: 1 } },
    });
    const browser = await signedIn(office.administrator);
    const path = `/office/departments/${office.departmentId}`;
    const refused = await browser.send(`${path}/retire`);
    const page = await refused.text();
    expect(refused.status).toBe(409);
    for (const words of [
      '个账号属于这个部门',
      '封信没有办完',
      `/office/accounts?department&#x3D;${office.departmentId}`,
    ]) {
      expect(page).toContain(words);
    }
    expect((await departmentById(office.departmentId))?.active).toBe(true);
  });
});
