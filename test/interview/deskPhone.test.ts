import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { newId } from '../../src/kernel/id.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, sidewaysOverflow, smallTargets, useBrowser } from '../support/browser.ts';
import { ask, askPublished, makeInterview, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { until } from '../support/until.ts';

const app = useApp();
const browser = useBrowser();
let room: TestInterview;
let questions: string[];
beforeAll(async () => {
  room = await makeInterview('live');
  questions = [];
  for (let number = 0; number < 26; number += 1) questions.push(await askPublished(room));
  for (let number = 0; number < 24; number += 1) await ask(room.id);
  for (let number = 0; number < 26; number += 1) {
    const turn = { interviewId: room.id, speakerId: 'host', text: `第 ${number} 段。`, formKey: newId(16) };
    await addTurn(room.people.recorder, turn);
  }
  await setStage(room.people.host, { interviewId: room.id, questionId: questions[3] });
});

/** Opens a desk of the full room on a phone. */
async function open(desk: string, role: keyof TestInterview['accounts'], scripts = true): Promise<Page> {
  const viewport = { width: 360, height: 740 };
  const context = await browser.current.newContext({ viewport, isMobile: true, javaScriptEnabled: scripts });
  await context.addCookies([{ ...(await staffCookie(room.accounts[role].id)), url: app.base }]);
  const page = await context.newPage();
  await page.goto(`${app.base}/office/interviews/${room.id}/${desk}`);
  if (scripts) await page.waitForSelector('#connection[data-state="live"]');
  return page;
}
const heightOf = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight);
/** Waits until so many are there: a page is shortened a moment after it came. */
const becomes = (wanted: number, count: () => Promise<number>) => until(async () => (await count()) === wanted);
const sheet = (page: Page, name: string) => page.click(`.desk-sheets [data-view="${name}"]`);

it.each([
  ['hosting', 'host', ['now', 'questions', 'room', 'close']],
  ['screening', 'screener', ['waiting', 'decided', 'order']],
  ['recording', 'recorder', ['write', 'record']],
] as const)('the desk %s of a full room is some short sheets on a phone', async (desk, role, sheets) => {
  const page = await open(desk, role);
  for (const name of sheets) {
    await sheet(page, name);
    await until(async () => (await heightOf(page)) < 7_500);
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    expect(await smallTargets(page, 24)).toEqual([]);
    expect(await checkAccessibility(page)).toEqual([]);
    const seen = await page.locator('[data-panel]:visible').evaluateAll((all) => all.map((one) => one.dataset.panel));
    expect(new Set(seen)).toEqual(new Set([name]));
  }
  await page.context().close();
});

it('the host finds what is on stage first, the others by ten, and each that is missing before the close', async () => {
  const page = await open('hosting', 'host');
  expect(await page.isVisible('#host-stage')).toBe(true);
  expect(await page.isVisible('#hosting')).toBe(false);
  expect(await page.textContent('.desk-sheets [data-view="questions"] .count')).toBe('26');
  await sheet(page, 'questions');
  const visible = () => page.locator('#hosting > li:visible').count();
  await becomes(10, visible);
  expect(await page.textContent('#hosting + .list-more')).toContain('16');
  await page.click('#hosting + .list-more');
  await becomes(20, visible);
  await page.reload();
  await page.waitForSelector('#connection[data-state="live"]');
  await sheet(page, 'close');
  const link = page.locator('.closing-needs a[href^="#question-"]').first();
  const id = (await link.getAttribute('href'))?.slice(1) ?? '';
  await link.click();
  await page.waitForSelector(`#${id}:visible`);
  await page.context().close();
});

it('a guest has an open editor where one is due, and one tap away elsewhere', async () => {
  const page = await open('answering', 'guest');
  await until(async () => (await heightOf(page)) < 5_200);
  await becomes(1, () => page.locator('.answering-form textarea:visible').count());
  await becomes(1, () => page.locator(`[data-row="${questions[3]}"] .answering-form textarea:visible`).count());
  await page.locator('.answering-row:visible .answer-fold > summary').nth(2).click();
  await becomes(2, () => page.locator('.answering-form textarea:visible').count());
  await page.context().close();
});

it('a citizen reads the live page on a phone by some questions and turns at a time', async () => {
  const context = await browser.current.newContext({ viewport: { width: 360, height: 740 }, isMobile: true });
  const page = await context.newPage();
  await page.goto(`${app.base}/interviews/${room.id}`);
  await page.waitForSelector('#connection[data-state="live"]');
  const turns = () => page.locator('#turns > li:visible').count();
  await becomes(10, turns);
  const first = await page.locator('#turns > li:visible').first().textContent();
  const more = { interviewId: room.id, speakerId: 'host', text: '又说了一段新的。', formKey: newId(16) };
  await addTurn(room.people.recorder, more);
  await page.waitForSelector('#turns > li:has-text("又说了一段新的")');
  expect([await turns(), await page.locator('#turns > li:visible').first().textContent()]).toEqual([11, first]);
  await page.click('.record-scroll .list-more');
  await becomes(21, turns);
  await page.click('.room-tabs [data-view="questions"]');
  await becomes(20, () => page.locator('#question-list > li:visible').count());
  await page.click('#question-list + .list-more');
  await becomes(26, () => page.locator('#question-list > li:visible').count());
  await askPublished(room);
  await page.waitForSelector('#questions-told:has-text("1 个新问题")', { state: 'attached' });
  await page.click('.room-tabs [data-view="mine"]');
  await page.fill('#ask-form textarea', '太短');
  await page.click('#ask-form button[type="submit"]');
  await page.waitForSelector('#ask-form .field-wrong .field-error:has-text("至少")');
  await page.fill('#ask-form textarea', '请问我们小区的电梯什么时候能装上？');
  await page.click('#ask-form button[type="submit"]');
  await page.waitForSelector('#mine-list > li');
  expect(await page.locator('#ask-form .field-error').count()).toBe(0);
  expect(await checkAccessibility(page)).toEqual([]);
  await context.close();
});

it('without scripts every part of a desk is there at once', async () => {
  const page = await open('hosting', 'host', false);
  for (const part of ['#host-stage', '#hosting > li:last-child', '#notice-form', '#host-closing']) {
    expect([part, await page.isVisible(part)]).toEqual([part, true]);
  }
  await page.context().close();
});
