import { describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { features } from '../../src/features.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { forgetRooms } from '../../src/live/index.ts';
import { attachRealtime } from '../../src/realtime.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, press, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { askPublished, makeInterview, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();

interface Window {
  page: Page;
  context: BrowserContext;
  faults: string[];
}

/** Opens a window of its own, for somebody with an account or for a visitor. */
async function open(
  path: string,
  given: { account?: { id: string }; phone?: boolean; lang?: string; scripts?: boolean } = {},
) {
  const viewport = given.phone ? { width: 360, height: 740 } : { width: 1280, height: 900 };
  const context = await browser.current.newContext({ viewport, javaScriptEnabled: given.scripts !== false });
  if (given.account) await context.addCookies([{ ...(await staffCookie(given.account.id)), url: app.base }]);
  if (given.lang) await context.addCookies([{ name: 'wz_lang', value: given.lang, url: app.base }]);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(app.base + path);
  return { page, context, faults } satisfies Window;
}
const live = (page: Page) => page.waitForSelector('#connection[data-state="live"]');
const desk = (interview: TestInterview, name: string) => `/office/interviews/${interview.id}/${name}`;

describe.each([
  ['zh-CN', '公开', '已公开', '已答复'],
  ['en', 'Publish', 'Public', 'Answered'],
])('an hour of an interview, in %s', (lang, publish, isPublic, answered) => {
  it('goes from a question to its answer in four windows', async () => {
    const interview = await makeInterview('live');
    const address = `/interviews/${interview.id}`;
    const citizen = await open(address, { phone: true, lang });
    const watcher = await open(address, { lang });
    const screener = await open(desk(interview, 'screening'), { account: interview.accounts.screener, lang });
    const guest = await open(desk(interview, 'answering'), { account: interview.accounts.guest, lang });
    for (const { page } of [citizen, watcher, screener]) await live(page);

    await citizen.page.click('.room-tabs [data-view="mine"]');
    const words = `<img src=x onerror=alert(1)> 一楼不同意，还能装电梯吗？𠮷😀`;
    await citizen.page.fill('#field-text', words);
    await citizen.page.dblclick('#ask-form button[type="submit"]');
    await citizen.page.waitForSelector('#mine-list [data-state="received"]');
    await screener.page.waitForSelector('#waiting > [data-id]');
    expect(await QuestionModel.countDocuments({ interviewId: interview.id })).toBe(1);

    await screener.page.keyboard.press('j');
    await screener.page.keyboard.press('p');
    await watcher.page.waitForSelector('#question-list .question');
    expect(await watcher.page.textContent('#question-list .question-text')).toContain('<img src=x onerror=alert(1)>');
    expect(await screener.page.textContent('.undo')).toContain(lang === 'en' ? 'Undo' : '撤销');
    await citizen.page.waitForSelector('#mine-list [data-state="published"]');
    expect(await citizen.page.textContent('#mine-list')).toContain(isPublic);

    await screener.page.keyboard.press('u');
    await watcher.page.waitForSelector('#question-list .question', { state: 'detached' });
    await screener.page.waitForSelector('#waiting > [data-id]');
    await screener.page.click(`#waiting form[data-act="publish"] >> text=${publish}`);

    await watcher.page.click('.support-button');
    await watcher.page.waitForSelector('.support-button[aria-pressed="true"]');
    await citizen.page.click('.room-tabs [data-view="questions"]');
    await citizen.page.waitForSelector('[data-votes]:text-is("1")');

    await guest.page.waitForSelector('#questions-pill:not([hidden])');
    await guest.page.click('#questions-pill');
    await guest.page.fill('.answering-form textarea', '可以申请，先和一楼邻居协商。');
    await guest.page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('input[name="version"]')?.value === '1',
    );
    expect(await watcher.page.locator('.answer').count()).toBe(0);
    await guest.page.keyboard.press('Control+Enter');
    await watcher.page.waitForSelector('.question .answer');
    await citizen.page.click('.room-tabs [data-view="mine"]');
    await citizen.page.waitForSelector('#mine-list [data-state="answered"]');
    expect(await citizen.page.textContent('#mine-list')).toContain(answered);

    for (const { page, faults, context } of [citizen, watcher, screener, guest]) {
      expect(faults).toEqual([]);
      expect(await checkAccessibility(page)).toEqual([]);
      expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
      await context.close();
    }
  });
});

it('catches up by itself after the network was away and after a restart, nothing missed or doubled', async () => {
  const interview = await makeInterview('live');
  const first = await askPublished(interview);
  const { page, context, faults } = await open(`/interviews/${interview.id}`);
  await live(page);
  await page.waitForSelector(`#question-${first}`);
  await page.fill('#field-text', '正在写的问题不能丢');

  await context.setOffline(true);
  const missed = [];
  for (let n = 0; n < 5; n += 1) missed.push(await askPublished(interview));
  await context.setOffline(false);
  await page.waitForSelector('#questions-pill:not([hidden])');
  await page.click('#questions-pill');
  for (const id of missed) await page.waitForSelector(`#question-${id}`);
  expect(await page.locator('#question-list > li').count()).toBe(6);

  await app.realtime.close();
  forgetRooms();
  app.realtime = attachRealtime(app.server, { features });
  const after = await askPublished(interview);
  await page.waitForSelector('#questions-pill:not([hidden])');
  await page.click('#questions-pill');
  await page.waitForSelector(`#question-${after}`);
  expect(await page.locator('#question-list > li').count()).toBe(7);
  expect(await page.inputValue('#field-text')).toBe('正在写的问题不能丢');
  expect(faults).toEqual([]);
  await context.close();
});

it('works without scripts: ask, follow, support, screen, answer, and a late click', async () => {
  const interview = await makeInterview('live');
  const address = `/interviews/${interview.id}`;
  const { page, context } = await open(address, { scripts: false });
  await page.fill('#field-text', '太短');
  await press(page, '#ask-form button[type="submit"]');
  expect(await page.textContent('.field-error')).toContain('至少 10 字');
  expect(await page.inputValue('#field-text')).toBe('太短');
  await page.fill('#field-text', '没有脚本也能提问吗？请回答一下。');
  await press(page, '#ask-form button[type="submit"]');
  expect(await page.textContent('#mine-list')).toContain('已收到，等待审核');

  const screener = await open(desk(interview, 'screening'), { account: interview.accounts.screener, scripts: false });
  await press(screener.page, '#waiting form[data-act="publish"] button');
  const guest = await open(desk(interview, 'answering'), { account: interview.accounts.guest, scripts: false });
  await guest.page.fill('.answering-form textarea', '可以的，谢谢提问。');
  await press(guest.page, '[data-publish]');
  await page.goto(`${app.base}${address}?list=newest`);
  expect(await page.textContent('.question .answer')).toContain('可以的，谢谢提问。');
  await press(page, '.support-button');
  expect(await page.textContent('.flash')).toContain('已记下您的支持');

  const late = await open(address, { scripts: false });
  const host = await open(desk(interview, 'hosting'), { account: interview.accounts.host, scripts: false });
  await host.page.click('.confirm:has(form[action$="/hosting/close"]) summary');
  await press(host.page, 'form[action$="/hosting/close"] button');
  await press(late.page, '.support-button');
  expect(await late.page.textContent('main')).toContain('这场访谈已经结束，支持数不再变化。');
  expect(await late.page.locator('.error-page').count()).toBe(0);
  for (const one of [context, screener.context, guest.context, late.context, host.context]) await one.close();
});
