import { mkdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { changeSetting } from '../../src/organization/actions/changeSetting.ts';
import { checkAccessibility, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { useApp } from '../support/app.ts';
import { actorFor, cityId, makeDepartment, makeStaff, type TestAccount } from '../support/identity.ts';
import { Caller, signIn } from '../support/signIn.ts';

const app = useApp();
const browser = useBrowser();
const pictures = process.env['PICTURES'];
if (pictures) mkdirSync(pictures, { recursive: true });

let administrator: TestAccount;
let account: TestAccount;
let bureau = '';
let session = '';

beforeAll(async () => {
  const district = await makeDepartment({ name: '海湾区人民政府', level: 'district', league: 'districts' });
  bureau = (await makeDepartment({ name: '青澜市交通运输局', league: 'departments' })).id;
  await makeDepartment({ name: '海湾区教育和体育局', level: 'district', parentId: district.id });
  administrator = await makeStaff({ roles: ['administrator'], name: '林静' });
  account = await makeStaff({
    roles: [{ role: 'handler', departmentId: bureau }],
    departmentId: bureau,
    name: '赵海洋',
  });
  await makeStaff({ roles: ['clerk', 'supervisor'], name: '王晓明' });
  const input = { key: 'identity.code-minutes', value: 15 };
  await changeSetting(await actorFor(administrator), input);
  const visitor = await signIn(app, administrator);
  session = String(visitor.cookies.get('wz_session'));
});

// Those that test/journeys/pages.test.ts does not open
const publicPages = ['/sign-in/code?attempt=none', '/account'];
const officePages = () => [
  '/office/accounts?search=nobody',
  `/office/accounts/${account.id}`,
  `/office/accounts/${account.id}/change`,
  `/office/departments/${bureau}`,
  '/office/settings/identity.code-minutes',
];

const modes = [
  { name: 'phone zh', width: 360, height: 780, language: 'zh-CN', colorScheme: 'light' },
  { name: 'desktop en', width: 1280, height: 900, language: 'en', colorScheme: 'dark' },
] as const;

async function look(page: Page, path: string, mode: string): Promise<void> {
  const response = await page.goto(app.base + path);
  expect(`${path} ${response?.status() ?? 0}`).toBe(`${path} 200`);
  expect(await checkAccessibility(page)).toEqual([]);
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  if (!pictures) return;
  const name = `${path.replace(/[^a-z]+/gi, '-')}-${mode}`.replaceAll(' ', '-');
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

describe.each(modes)('in $name', ({ name, width, height, language, colorScheme }) => {
  it('the pages of one person, department or setting can be used by everyone', async () => {
    const context = await browser.current.newContext({
      viewport: { width, height },
      colorScheme,
      javaScriptEnabled: true,
    });
    await context.addCookies([{ name: 'wz_lang', value: language, url: app.base }]);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    for (const path of publicPages) await look(page, path, name);
    await context.addCookies([{ name: 'wz_session', value: session, url: app.base }]);
    for (const path of officePages()) await look(page, path, name);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('administrators’ pages', () => {
  it.each(['/office/accounts', '/office/departments', '/office/settings', '/office/audit'])(
    '%s are closed to other officials and to the public',
    async (path) => {
      const clerk = await signIn(app, await makeStaff({ roles: ['clerk', 'supervisor', 'head', 'handler'] }));
      expect((await clerk.get(path)).status).toBe(403);
      expect((await new Caller(app).get(path)).location).toContain('/office/sign-in');
      expect((await clerk.get('/office')).text).not.toContain(`href="${path}"`);
    },
  );

  it('work by forms alone: open, give a role, reset, close', async () => {
    const visitor = await signIn(app, administrator);
    await visitor.get('/office/accounts/new');
    const fields = { userName: 'by.form', displayName: '<b>表单</b>', departmentId: bureau, role: 'handler' };
    const wrong = await visitor.post('/office/accounts', { ...fields, userName: 'No Good' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('&lt;b&gt;表单&lt;/b&gt;');
    const opened = await visitor.post('/office/accounts', fields);
    expect(opened.status).toBe(200);
    expect(opened.headers.get('cache-control')).toBe('no-store');
    const [, password = ''] = /<code[^>]*>([0-9a-z-]{19})<\/code>/.exec(opened.text) ?? [];
    const [, href = ''] = /href="(\/office\/accounts\/[0-9a-z]{12})"/.exec(opened.text) ?? [];
    expect(password).toHaveLength(19);
    expect((await visitor.get(href)).text).not.toContain(password);
    expect((await visitor.post(`${href}/grant`, { role: 'head', departmentId: bureau })).status).toBe(303);
    expect((await visitor.post(`${href}/grant`, { role: 'head', departmentId: bureau })).status).toBe(409);
    expect((await visitor.post(`${href}/revoke`, { role: 'head', departmentId: bureau })).status).toBe(303);
    expect((await visitor.post(`${href}/reset`)).text).toMatch(/<code[^>]*>[0-9a-z-]{19}<\/code>/);
    expect((await visitor.post(`${href}/disable`)).status).toBe(303);
    expect((await visitor.get(href)).text).toContain('已停用');
    const audit = await visitor.get('/office/audit?verb=account.disable');
    expect(audit.text).toContain('停用账号');
    expect(audit.text).not.toContain('<b>表单</b>');
  });

  it('change a setting within its bounds and keep who did it', async () => {
    const visitor = await signIn(app, administrator);
    const path = '/office/settings/identity.code-tries';
    await visitor.get(path);
    expect((await visitor.post(path, { value: '99' })).status).toBe(422);
    expect((await visitor.post(path, { value: '4' })).status).toBe(303);
    const page = await visitor.get(path);
    expect(page.text).toContain('林静');
    expect((await visitor.post(`${path}/reset`)).status).toBe(303);
    expect((await visitor.get('/office/settings/no.such')).status).toBe(404);
  });

  it('move a department and tell what is wrong beside the field', async () => {
    const visitor = await signIn(app, administrator);
    await visitor.get(`/office/departments/${bureau}`);
    const place = { parentId: await cityId(), level: 'city', league: 'departments', order: '3' };
    expect((await visitor.post(`/office/departments/${bureau}/move`, place)).status).toBe(303);
    const wrong = await visitor.post(`/office/departments/${bureau}/move`, { ...place, parentId: bureau });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('绕成圈');
    expect((await visitor.post(`/office/departments/${bureau}/retire`)).status).toBe(409);
  });
});
