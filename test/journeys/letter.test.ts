import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { StaffRole } from '../../src/kernel/actor.ts';
import { setClock } from '../../src/kernel/time.ts';
import { sweepLetters } from '../../src/mailbox/sweep.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, press, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { makeDepartment, makeStaff, type TestAccount } from '../support/identity.ts';
import { letterText, replyText } from '../support/mailbox.ts';
import { signIn } from '../support/signIn.ts';

const browser = useBrowser();
const app = useApp();
type Desk = 'clerk' | 'supervisor' | 'handler' | 'head' | 'assistant' | 'stranger';
const accounts = {} as Record<Desk, TestAccount>;
let water: { id: string; name: string };
let city: { id: string; name: string };
let citizen: Page;
const windows: BrowserContext[] = [];
const desks = new Map<Desk, Page>();

const clock = (text: string) => setClock(() => new Date(`${text}+08:00`));
afterEach(() => setClock());

beforeAll(async () => {
  [water, city] = [await makeDepartment({ name: '市水务管理局' }), await makeDepartment({ name: '市城市管理局' })];
  const third = await makeDepartment({ name: '市体育局' });
  const inside = (role: StaffRole, departmentId: string) =>
    makeStaff({ departmentId, roles: [{ role, departmentId }] });
  for (const role of ['clerk', 'supervisor'] as const) accounts[role] = await makeStaff({ roles: [role] });
  accounts.handler = await inside('handler', water.id);
  accounts.head = await inside('head', water.id);
  accounts.assistant = await inside('handler', city.id);
  accounts.stranger = await inside('handler', third.id);
  citizen = await windowWith({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
});
afterAll(async () => {
  for (const context of windows) await context.close();
});

async function windowWith(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.current.newContext(options);
  windows.push(context);
  return context.newPage();
}

/** An official at the window of their desk; they sign in anew each day. */
async function official(role: Desk): Promise<Page> {
  const caller = await signIn(app, accounts[role]);
  const page = desks.get(role) ?? (await windowWith({ viewport: { width: 1280, height: 850 } }));
  desks.set(role, page);
  await page.context().addCookies(
    caller.cookie.split('; ').map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return { name, value: rest.join('='), url: app.base };
    }),
  );
  return page;
}

/** What is on the screen must be usable by everybody. */
async function checked(page: Page): Promise<Page> {
  const path = new URL(page.url()).pathname;
  expect({ path, faults: await checkAccessibility(page) }).toEqual({ path, faults: [] });
  expect({ path, sideways: await sidewaysOverflow(page) }).toEqual({ path, sideways: 0 });
  return page;
}

async function open(page: Page, path: string): Promise<Page> {
  const response = await page.goto(app.base + path);
  expect({ path, status: response?.status() }).toEqual({ path, status: 200 });
  return checked(page);
}

const sending = '#act form .actions button';
/** Opens an act on the workbench, fills it, sends it, and looks at what follows. */
async function act(
  page: Page,
  number: string,
  name: string,
  fill?: (page: Page) => Promise<unknown>,
  button = sending,
) {
  await open(page, `/office/letters/${number}?do=${name}`);
  expect(await page.locator('#act form').getAttribute('action')).toBe(`/office/letters/${number}/${name}`);
  await fill?.(page);
  await press(page, button);
  expect({ name, alerts: await page.locator('[role=alert]').allTextContents() }).toEqual({ name, alerts: [] });
  return page;
}
const write =
  (text: string, name = 'text') =>
  (page: Page) =>
    page.fill(`#act [name=${name}]`, text);
const submit = '#act form button[value=submit]';

describe('one letter through all hands, across the National Day of 2026', () => {
  let [number, code] = ['', ''];

  /** The citizen's page of their own letter. */
  async function track(): Promise<Page> {
    await open(citizen, '/letters/track');
    await citizen.fill('[name=number]', number);
    await citizen.fill('[name=code]', code);
    await press(citizen, 'main form.letter-form .actions button');
    return checked(citizen);
  }

  it('is written on a phone in three steps', async () => {
    clock('2026-09-28T10:00');
    const page = citizen;
    await open(page, '/letters/new');
    await page.check('[name=kind][value=complaint]');
    await page.fill('[name=title]', letterText.title);
    await press(page, 'form.letter-form .actions button');
    await checked(page);
    await page.fill('[name=body]', letterText.body);
    await press(page, 'form.letter-form .actions button');
    await checked(page);
    await page.fill('[name=name]', letterText.name);
    await page.fill('[name=phone]', letterText.phone);
    await page.fill('[name=email]', letterText.email);
    await page.check('[name=mayPublish][value="1"]');
    await press(page, 'form.letter-form .actions button:not([formaction])');
    await checked(page);
    [number = '', code = ''] = await page.locator('.letter-slip dd').allTextContents();
    expect(number).toMatch(/^2026-\d{6}$/);
    expect(code.trim()).not.toBe('');
  });

  it('is accepted and assigned, with the deadlines in front of the clerk', async () => {
    clock('2026-09-28T10:30');
    const clerk = await official('clerk');
    await open(clerk, '/office/letters?queue=intake');
    await press(clerk, `a[href="/office/letters/${number}"]`);
    await checked(clerk);
    await act(clerk, number, 'accept', (page) => page.selectOption('#act [name=subject]', '供水供电供气供热'));
    await open(clerk, `/office/letters/${number}?do=assign`);
    // Seven working days: 29, 30; free until 7 October; 8, 9, Saturday 10 is a make-up day, 12, 13
    expect(await clerk.locator('#act').textContent()).toMatch(/10月13日 周. 17:00/);
    await act(clerk, number, 'assign', async (page) => {
      await page.selectOption('#act [name=departmentId]', water.id);
      await page.locator('#act details.filter-box summary').click();
      await page.check(`#act [name=assisting][value="${city.id}"]`);
    });
    expect(await clerk.locator('.page-head').textContent()).toMatch(/10月13日 周. 17:00/);
  });

  it('is signed for; the writer is asked and the clock stops', async () => {
    clock('2026-09-30T09:30');
    const handler = await official('handler');
    await open(handler, '/office/letters?queue=to-sign');
    await act(handler, number, 'sign');
    clock('2026-10-08T09:30');
    const later = await official('handler');
    await act(later, number, 'ask', write('请补充具体楼号和方便上门的时间。'));
    expect(await later.locator('.page-head .lead').count()).toBe(0);
    const stranger = await official('stranger');
    expect((await stranger.goto(`${app.base}/office/letters/${number}`))?.status()).toBe(404);
  });

  it('goes on when the writer answers, by as many working days as it stood still', async () => {
    clock('2026-10-10T09:30');
    const page = await track();
    await page.fill('[name=text]', '三号楼二单元，工作日下午家里都有人。');
    await press(page, 'form[action*="/supplement"] .actions button');
    await checked(page);
    const assistant = await official('assistant');
    await act(assistant, number, 'opinion', write('我局已核对管线资料，可配合开挖检修。'));
    const handler = await official('handler');
    await open(handler, `/office/letters/${number}`);
    expect(await handler.locator('.page-head').textContent()).toMatch(/10月15日 周. 17:00/);
    expect(await handler.locator('main').textContent()).toContain('可配合开挖检修');
  });

  it('is drafted, sent back, signed off, released and published with what is personal masked', async () => {
    clock('2026-10-12T10:00');
    const handler = await official('handler');
    await act(handler, number, 'reply', write('已派人检修。联系电话13812345678。'), submit);
    const head = await official('head');
    await act(head, number, 'send-back', write('请写明完成时间和原因。', 'reason'));
    await open(handler, '/office/letters?queue=sent-back');
    await act(handler, number, 'reply', write(`${replyText}联系电话13812345678。`), submit);
    await act(head, number, 'sign-off');
    const clerk = await official('clerk');
    await act(clerk, number, 'release');
    await act(clerk, number, 'publish');
    const reader = citizen;
    await open(reader, `/letters/${number}`);
    const shown = await reader.locator('main').textContent();
    expect(shown).toContain('更换了加压泵');
    expect(shown).not.toContain('13812345678');
  });

  it('comes back when the writer is not satisfied', async () => {
    clock('2026-10-14T19:00');
    const page = await track();
    await page.check('[name=satisfaction][value=dissatisfied]');
    await page.check('[name=solved][value=no]');
    await page.fill('form[action$="/rating"] [name=reason]', '换了泵还是没有水，没有人回来看过。');
    await press(page, 'form[action$="/rating"] .actions button');
    await checked(page);
    await page.fill('form[action$="/rehandling"] [name=reason]', '请重新到现场看看。');
    await press(page, 'form[action$="/rehandling"] .actions button');
    await checked(page);
    clock('2026-10-15T10:00');
    const clerk = await official('clerk');
    await open(clerk, '/office/letters?queue=to-decide');
    await act(clerk, number, 'decide-rehandling', (desk) => desk.check('#act [name=decision][value=grant]'));
    expect(await clerk.locator('.page-head').textContent()).toMatch(/10月26日 周. 17:00/);
  });

  it('gets its cards by themselves, is urged and ordered', async () => {
    clock('2026-10-23T09:05');
    await sweepLetters();
    const supervisor = await official('supervisor');
    await open(supervisor, '/office/supervision');
    await act(supervisor, number, 'urge', write('请今天联系来信人。', 'remark'));
    clock('2026-10-27T09:05');
    await sweepLetters();
    const next = await official('supervisor');
    await open(next, '/office/letters?queue=overdue');
    expect(await next.locator('main').textContent()).toMatch(/黄牌[\s\S]*红牌/);
    await act(next, number, 'order', write('超期未办，请分管负责人到场处理。', 'reason'));
  });

  it('is answered at last, its card appealed against and upheld', async () => {
    clock('2026-10-27T10:05');
    const handler = await official('handler');
    await act(handler, number, 'answer-order', write('已到场处理，今天答复。'));
    const head = await official('head');
    await act(head, number, 'appeal-card', write('配件延误，期间一直与来信人联系。', 'reason'));
    const supervisor = await official('supervisor');
    await act(supervisor, number, 'decide-appeal', async (page) => {
      await page.check('#act [name=decision][value=refuse]');
      await write('延误属实，维持。', 'reason')(page);
    });
    await act(handler, number, 'sign');
    await act(handler, number, 'reply', write(`${replyText}第二次已换新管。`), submit);
    await act(head, number, 'sign-off');
    const clerk = await official('clerk');
    await act(clerk, number, 'release');
  });

  it('is rated once more and closes by itself; trail and figures tell the whole story', async () => {
    clock('2026-10-28T19:00');
    const page = await track();
    await page.check('[name=satisfaction][value=satisfied]');
    await page.check('[name=solved][value=yes]');
    await press(page, 'form[action$="/rating"] .actions button');
    await checked(page);
    clock('2026-10-29T09:05');
    await sweepLetters();
    const end = await official('clerk');
    await open(end, `/office/letters/${number}`);
    expect(await end.locator('.page-head').textContent()).toContain('已办结');
    const told = (await end.locator('.trail').textContent()) ?? '';
    for (const word of ['退回', '重办', '黄牌', '红牌', '催办', '督办', '申诉', '办结']) expect(told).toContain(word);
    await open(end, '/office/supervision/figures?from=2026-09&until=2026-10');
    await open(end, '/office/supervision/stages?from=2026-09&until=2026-10');
  });
});
