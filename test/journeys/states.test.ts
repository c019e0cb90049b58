import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { banAsker } from '../../src/interview/bans/banAsker.ts';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import { makeInvitation } from '../../src/interview/invitations/makeInvitation.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { runImport } from '../../src/mailbox/office/import/run.ts';
import { lookAtImport, startImport } from '../../src/mailbox/office/import/startImport.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';
import { importTable } from '../../src/transfer/startImport.ts';
import { checkAccessibility, press, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { useDemoCity, windowOf } from '../support/demoCity.ts';
import { codeSentTo } from '../support/outbox.ts';
import { Caller } from '../support/signIn.ts';

// Pages that show something only after somebody did something. The list of all pages is looked at in pages.test.ts.
const browser = useBrowser();
const app = useDemoCity();
const system = systemActor('test');
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;
const windows: BrowserContext[] = [];
afterAll(async () => {
  for (const context of windows) await context.close();
});

async function pageOf(person: string | null, lang: 'zh-CN' | 'en'): Promise<Page> {
  const context = await windowOf(browser.current, app, person, phone);
  windows.push(context);
  await context.addCookies([{ name: 'wz_lang', value: lang, url: app.base }]);
  return context.newPage();
}

/** What is on the screen can be used by everybody, on a phone and a computer, also in the elder's version. */
async function check(page: Page, state: string): Promise<void> {
  expect({ state, faults: await checkAccessibility(page) }).toEqual({ state, faults: [] });
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const elder of [false, true]) {
      await page.evaluate((on) => document.documentElement.toggleAttribute('data-elder', on), elder);
      expect({ state, width, elder, over: await sidewaysOverflow(page) }).toEqual({ state, width, elder, over: 0 });
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute('data-elder'));
  await page.setViewportSize(phone.viewport);
}
async function checkAt(page: Page, path: string, state = path): Promise<void> {
  const response = await page.goto(app.base + path);
  expect({ path, status: response?.status() }).toEqual({ path, status: 200 });
  await check(page, state);
}

describe('for citizens', () => {
  it('a letter in every step, with faults, as a draft, and sent', async () => {
    const page = await pageOf(null, 'zh-CN');
    const send = async () => {
      await page.evaluate(() => document.querySelectorAll('form').forEach((form) => (form.noValidate = true)));
      await press(page, 'main form .button');
    };
    await page.goto(`${app.base}/letters/new`);
    await send();
    await check(page, 'first step with faults');
    expect(await page.locator('.error-summary li').first().innerText()).toBe('请选择来信类型。');
    await page.check('input[name=kind][value=complaint]');
    await page.fill('input[name=title]', '三号线夜间施工噪声扰民');
    await send();
    await check(page, 'second step');
    await send();
    await check(page, 'second step with faults');
    await page.fill('textarea[name=body]', '夜里十一点以后还在施工，声音很大，老人孩子都睡不着，希望管一管。');
    await send();
    await check(page, 'third step');
    await page.goto(`${app.base}/letters/new`);
    await check(page, 'first step with a draft');
    await page.goto(`${app.base}/letters/new?step=3`);
    await page.fill('input[name=name]', '王海');
    await page.fill('input[name=phone]', '13812345678');
    await page.check('input[name=mayPublish] >> nth=0');
    await page.click('form.letter-form .actions button:not([formaction])');
    await page.waitForURL(/\/letters\/sent/, { waitUntil: 'domcontentloaded' });
    await check(page, 'letter sent');
  });

  it('their own account, and figures in an order, of a league and of a department', async () => {
    const caller = new Caller(app);
    await caller.get('/sign-in');
    const asked = await caller.post('/sign-in', { address: 'states@citizens.example' });
    const attemptId = /attempt=([0-9a-z]+)/.exec(asked.location ?? '')?.[1] ?? '';
    await caller.get(`/sign-in/code?attempt=${attemptId}`);
    await caller.post('/sign-in/code', { attemptId, code: await codeSentTo('states@citizens.example') });
    const page = await pageOf(null, 'en');
    await page.context().addCookies(
      caller.cookie.split('; ').map((pair) => {
        const [name = '', ...rest] = pair.split('=');
        return { name, value: rest.join('='), url: app.base };
      }),
    );
    await checkAt(page, '/account');
    await checkAt(page, '/statistics?by=days');
    await checkAt(page, '/statistics/departments?league=departments&by=solved', 'all departments of a league');
    await press(page, '.table-picked tbody a');
    await check(page, 'figures of a department');
  });
});

describe('for officials', () => {
  let live = '';
  beforeAll(async () => {
    live = (await InterviewModel.findOne({ state: 'live' }, { _id: 1 }).lean())?._id ?? '';
    const questions = await QuestionModel.find({ interviewId: live, state: 'published' }).limit(2).lean();
    expect(questions.length).toBeGreaterThan(0);
    for (const [index, { _id }] of questions.entries()) {
      const note = `第${index + 1}次贴同样的广告，`.repeat(6);
      const ban = { interviewId: live, questionId: _id, reason: 'other', note, rejectWaiting: false };
      await banAsker(system, ban).catch(() => undefined); // both may be of one person
    }
  });

  it('a room with bans, an interview to be approved, and a link for helpers', async () => {
    await checkAt(await pageOf('host', 'en'), `/office/interviews/${live}/hosting`, 'bans');
    const waiting = (await InterviewModel.findOne({ 'approval.state': 'submitted' }, { _id: 1 }).lean())?._id ?? '';
    const clerk = await pageOf('clerk', 'zh-CN');
    await checkAt(clerk, `/office/interviews/${waiting}`, 'approval');
    const { token } = await makeInvitation(system, { interviewId: live, role: 'recorder', hours: 24, note: '速录' });
    await checkAt(await pageOf('water-handler', 'en'), `/office/interviews/help/${token}`, 'a link for helpers');
  });

  it('a sample for the re-survey by telephone', async () => {
    const page = await pageOf('supervisor', 'zh-CN');
    await page.goto(`${app.base}/office/supervision/resurvey`);
    await press(page, 'main form .button');
    await check(page, page.url());
  });

  it('an import of past letters with faults', async () => {
    const long = '，'.repeat(30);
    const rows = [
      '1,题,文,答,昨天,今天',
      '2,题,,答,2019-01-01,2019-01-02',
      `${long}`,
      '3,题,文,答,2019-01-01,2019-01-02',
    ];
    const text = `letter_id,title,body,reply,created_at,replied_at\n${rows.join('\n')}\n`;
    const path = join(tmpdir(), 'past-letters.csv');
    await writeFile(path, text);
    const name = '一个名字很长的旧平台导出文件2019-2021.csv';
    const looked = async () =>
      lookAtImport(system, { source: '旧平台' }, { path, name, size: Buffer.byteLength(text) });
    const start = async () => {
      const id = await looked();
      await startImport(system, id, { id: '0', title: '1', body: '2', reply: '3', createdAt: '4', repliedAt: '5' });
      return id;
    };
    const [shown, going, ended] = [await looked(), await start(), await start()];
    await runImport(ended);
    const page = await pageOf('clerk', 'en');
    await checkAt(page, `/office/letters/import/${shown}`, 'letters that are looked at before they are imported');
    await checkAt(page, `/office/letters/import/${going}`, 'letters being imported');
    await checkAt(page, `/office/letters/import/${ended}`, 'letters imported with faults');
    await checkAt(page, '/office/letters/import', 'the list of imports');
  });

  it('an import of accounts: refused, looked at, moving by itself, done', async () => {
    const page = await pageOf('admin', 'zh-CN');
    const look = async (text: string) => {
      await page.goto(`${app.base}/office/accounts/import`);
      await page.fill('textarea[name=text]', text);
      await press(page, 'main form .button');
    };
    await look('用户名,姓名,所属部门,角色\nBad Name,坏,没有这个部门,国王');
    await check(page, 'faults of a file');
    await look(
      '用户名,姓名,所属部门,角色\nstates.one,新一,青澜市人民政府,承办人\nclerk,许静宜二,青澜市人民政府,信件管理员',
    );
    await check(page, 'changes of a file');
    await press(page, 'main form .button');
    await check(page, 'accounts being imported');
    await runDueJobs([importTable]);
    await page.waitForSelector('a[href$="passwords.csv"]'); // nobody loads the page again
    await check(page, 'accounts imported');
    await checkAt(page, '/office/accounts/import', 'earlier imports');
  });
});
