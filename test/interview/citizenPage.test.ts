import { expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { useApp } from '../support/app.ts';
import { useBrowser } from '../support/browser.ts';
import { guestActor } from '../support/identity.ts';
import { askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();
const laptop = { viewport: { width: 1366, height: 640 } };
const live = (page: Page) => page.waitForSelector('#connection[data-state="live"]', { state: 'attached' });

async function open(path: string, options: BrowserContextOptions = laptop, cookie?: { name: string; value: string }) {
  const context = await browser.current.newContext(options);
  if (cookie) await context.addCookies([{ ...cookie, url: app.base }]);
  const page = await context.newPage();
  await page.goto(app.base + path);
  return page;
}
const idsOf = (page: Page, list: string) =>
  page.locator(`${list} > li`).evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['id']));

/** Questions with 0, 1, 2 … supports, so that the newest is not the most supported. */
async function makeSupported(room: TestInterview, supports: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const number of supports) {
    const questionId = await askPublished(room);
    for (let n = 0; n < number; n += 1) await supportQuestion(guestActor(), { interviewId: room.id, questionId });
    ids.push(questionId);
  }
  return ids;
}

it('sorts by support before and after the page is live, for citizens and for the host, and never says 0 instead', async () => {
  const room = await makeInterview('live');
  const [two, one, three, none] = await makeSupported(room, [2, 1, 3, 0]);
  const order = [three, two, one, none];
  const page = await open(`/interviews/${room.id}?list=supported`);
  await live(page);
  expect(await idsOf(page, '#question-list')).toEqual(order);
  const desk = await open(`/office/interviews/${room.id}/hosting`, laptop, await staffCookie(room.accounts.host.id));
  await live(desk);
  expect(await idsOf(desk, '#hosting')).toEqual(order);
  await desk.context().close();

  const answer = { interviewId: room.id, guestId: room.guestId, text: '已经安排，下周动工。', version: 0 };
  await publishAnswer(room.people.guest, { ...answer, questionId: three });
  await closeInterview(system, { interviewId: room.id });
  await page.waitForSelector('.room[data-state="closed"]');
  await live(page);
  expect(await page.textContent('#question-list .support-closed')).toBe('3 人支持');
  await page.context().close();
});

it('says at once that the network is gone, and is back as soon as it is, or somebody asks for it', async () => {
  const room = await makeInterview('live');
  const questionId = await askPublished(room);
  const page = await open(`/interviews/${room.id}`);
  await live(page);
  await page.context().setOffline(true);
  await page.waitForSelector('#connection[data-state="offline"]');
  await page.click(`#question-${questionId} .support-button`);
  await page.waitForSelector(`#question-${questionId} .support-told:has-text("网络断开了")`);
  expect(await page.isVisible('#reconnect')).toBe(true);
  await page.context().setOffline(false);
  await live(page);
  expect(await page.isVisible('#reconnect')).toBe(false);
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await page.click('#reconnect');
  await live(page);
  await page.context().close();
});

it('does not say that it updates by itself where no script runs', async () => {
  const room = await makeInterview('live');
  const page = await open(`/interviews/${room.id}`, { ...laptop, javaScriptEnabled: false });
  expect(await page.isVisible('#connection')).toBe(false);
  expect(await page.innerText('.room-line')).toContain('本页不会自动更新');
  await page.context().close();
});
