import { beforeAll, describe, expect, it } from '@jest/globals';
import { addressesOf, type Routes } from '../../src/web/leadBack.ts';
import { makeDepartment, makeStaff } from '../support/identity.ts';
import { useApp } from '../support/app.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();

async function official(...roles: Parameters<typeof makeStaff>[0][]) {
  const account = await makeStaff(roles[0]);
  const visitor = new Visitor(app.base);
  const { name, value } = await staffCookie(account.id);
  visitor.setCookie(name, value);
  return visitor;
}
let administrator: Visitor;
beforeAll(async () => {
  administrator = await official({ roles: ['administrator', 'clerk'] });
});

describe('an error below /office', () => {
  it.each([
    ['404', '/office/letters/2026-999999'],
    ['404', '/office/nothing-here'],
    ['403', '/office/audit'],
  ])('%s stays in the office, with a way on that is true there', async (status, path) => {
    const somebody = await official({ departmentId: (await makeDepartment()).id });
    const { html, ...answer } = await somebody.open(path);
    expect(String(answer.status)).toBe(status);
    expect(html).toContain('<body class="office">');
    expect(html).toContain('回到工作台');
    expect(html).not.toContain('访谈里找');
  });

  it('of a form with far too much in it as well', async () => {
    await administrator.open('/office');
    const answer = await administrator.send('/office/departments', { name: 'x'.repeat(300_000) });
    expect([answer.status, (await answer.text()).includes('内容太大')]).toEqual([422, true]);
  });
});

describe('a session that ended', () => {
  it('says so, keeps what was typed and nothing secret, and leads to sign-in and back', async () => {
    const visitor = await official({ roles: ['clerk'] });
    await visitor.open('/office');
    visitor.cookies.delete('wz_session');
    const typed = {
      note: '请水务局先去现场看一看',
      current: 'old-password-1',
      repeated: 'new-password-2',
      act: 'save',
    };
    const headers = { referer: `${app.base}/office/letters/2026-000001?do=assign` };
    const answer = await visitor.send('/office/letters/2026-000001/assign', typed, { headers });
    const page = await answer.text();
    expect(answer.status).toBe(401);
    expect(page).toContain('您的登录已经结束');
    expect(page).toContain('请水务局先去现场看一看');
    for (const hidden of ['old-password-1', 'new-password-2', '>save<']) expect(page).not.toContain(hidden);
    expect(page).toContain(`/office/sign-in?next&#x3D;${encodeURIComponent('/office/letters/2026-000001?do=assign')}`);
  });
});

describe('what was typed into a form that expired', () => {
  it('comes back when it is a text to write again, and nothing else does', async () => {
    const visitor = new Visitor(app.base);
    await visitor.open('/');
    const fields = {
      text: '请问何时通车？',
      current: 'old-password-1',
      repeated: 'new-password-2',
      formKey: 'k'.repeat(20),
    };
    const page = await (await visitor.send('/anywhere', { ...fields, _csrf: '' })).text();
    expect(page).toContain('请问何时通车？');
    expect(page).toContain('页面打开得太久');
    for (const hidden of [fields.current, fields.repeated, fields.formKey]) expect(page).not.toContain(hidden);
  });
});

describe('the address of a form', () => {
  it('leads, opened by the language switch or a reload, to a page', async () => {
    const { createApp } = await import('../../src/app.ts');
    const routes = createApp().router as unknown as Routes;
    const addresses = addressesOf(routes, 'POST').filter((path) => !/^\/(api|live)\//.test(path));
    expect(addresses.length).toBeGreaterThan(80);
    // An address with a page of its own says itself what is not there
    const pages = new Set(addressesOf(routes, 'GET'));
    const lost: string[] = [];
    for (const declared of new Set(addresses.filter((path) => !pages.has(path)))) {
      const path = `${declared.replace(/:[a-zA-Z]+/g, 'x')}?lang=en`;
      const { response, status } = await administrator.open(path);
      const location = response.headers.get('location') ?? '';
      if (status === 303 && path.startsWith(location.split('?')[0] || '-')) continue;
      lost.push(`${declared}: ${status} ${location}`);
    }
    expect(lost).toEqual([]);
  });
});

it('what one person alone may see is kept by no browser, whatever the answer is', async () => {
  const guest = new Visitor(app.base);
  const kept: string[] = [];
  const paths = ['/office', '/office/audit', '/office/account', '/office/sign-in', '/office/nothing', '/account'];
  for (const visitor of [administrator, guest]) {
    for (const path of paths) {
      const { response, status } = await visitor.open(path);
      if (response.headers.get('cache-control') !== 'no-store') kept.push(`${status} ${path}`);
    }
  }
  expect(kept).toEqual([]);
});

describe('an address that nobody could mean', () => {
  it.each([
    ['/interviews/%ff', 404],
    ['/letters/%c0%af', 404],
    ['/%E0%A4%A', 404],
    ['/interviews?before=1e30', 200],
    ['/interviews?before=999999999999999999', 200],
    ['/interviews?q=1&page=1e30', 200],
    ['/letters?before=1e30', 200],
    ['/letters?before=999999999999999999', 200],
    ['/letters?q=1&page=1e30', 200],
    ['/api/v1/letters?before=1e30', 200],
    ['/office/audit?before=1e30', 200],
    ['/office/audit?from=1e30&to=0000-99-99', 422],
    ['/office/outbox?before=1e30', 200],
  ])('%s is no fault of the program', async (path, expected) => {
    const { status, html } = await administrator.open(path);
    expect({ path, status, html: status === expected ? '' : html.slice(0, 300) }).toEqual({
      path,
      status: expected,
      html: '',
    });
  });

  it.each([
    ['content-type', 'application/json; charset=nobody-knows'],
    ['content-encoding', 'nobody-knows'],
  ])('nor is a body whose %s is %s', async (name, value) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json', [name]: value };
    const answer = await fetch(`${app.base}/live/act`, { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(422);
  });

  it.each([
    [10, 403],
    [21, 422],
    [20_000, 422],
  ])('nor is JSON that is %i levels deep', async (levels, expected) => {
    const deep = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await fetch(`${app.base}/live/act`, { method: 'POST', headers, body: deep });
    expect([answer.status, await answer.json()]).toEqual([
      expected, // what is not too deep goes on, and is refused for want of a page it came from
      { error: expect.objectContaining({ message: expect.stringMatching(/\S/) }) },
    ]);
  });
});
