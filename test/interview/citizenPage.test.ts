import { expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { pauseRoom, resumeRoom } from '../../src/interview/actions/pauseRoom.ts';
import { postNotice } from '../../src/interview/actions/postNotice.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, useBrowser } from '../support/browser.ts';
import { guestActor } from '../support/identity.ts';
import { askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();
const laptop = { viewport: { width: 1366, height: 640 } };
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
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
  // In one go: with the network there the page would be back by itself a moment later
  const offered = await page.evaluate(() => {
    dispatchEvent(new Event('offline'));
    const again = document.querySelector<HTMLButtonElement>('#reconnect');
    const seen = again?.hidden === false;
    again?.click();
    return seen;
  });
  expect(offered).toBe(true);
  await live(page);
  await page.context().close();
});

const ask = async (page: Page, text: string) => {
  await page.fill('#field-text', text);
  await page.click('#ask-form button[type="submit"]');
  await page.waitForSelector(`#mine-list >> text=${text}`);
};
const inWindow = (page: Page, selector: string) =>
  page.evaluate((wanted) => {
    const { top, bottom } = (document.querySelector(wanted) as Element).getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }, selector);

it('has an ask box that opens inside the window, says what came of it in its own row, and takes a question back', async () => {
  const room = await makeInterview('live');
  await makeSupported(room, [0, 0, 0]);
  const page = await open(`/interviews/${room.id}`);
  await live(page);
  await page.click('#field-text');
  await page.waitForFunction(() => {
    const { bottom } = (document.querySelector('#ask-form .ask-send button') as Element).getBoundingClientRect();
    return bottom <= innerHeight;
  });
  expect(await inWindow(page, '#field-text')).toBe(true);
  await page.fill('#field-text', '太短');
  await page.click('#ask-form button[type="submit"]');
  await page.waitForSelector('#ask-form .field-error');
  await page.fill('#field-text', '路面积水什么时候能修好，请问？');
  expect(await page.locator('#ask-form .field-error').count()).toBe(0);
  await ask(page, '路面积水什么时候能修好，请问？');
  expect(await page.textContent('#hint-text')).toContain('还可以提 9 个');
  expect(await page.textContent('.ask-told')).toContain('问题收到了');
  // The keyboard has left the box, which is a line again and no column of single letters
  for (const list of ['newest', 'supported', 'mine']) {
    await page.click(`a[data-list="${list}"]`);
    const box = await page.locator('#field-text').boundingBox();
    expect(box?.width).toBeGreaterThan(250);
    expect((await page.locator('#ask-form').boundingBox())?.height).toBeLessThan(190);
    expect(await page.isVisible('#followed-list')).toBe(false);
  }
  await page.click('#mine-list form[data-withdraw] button');
  await page.waitForSelector('#mine-list:not(:has(li))', { state: 'attached' });
  expect(await page.inputValue('#field-text')).toBe('路面积水什么时候能修好，请问？');
  expect(await page.textContent('#hint-text')).toContain('还可以提 10 个');
  await ask(page, '路面积水什么时候能修好，请问？');
  await page.context().close();
});

it('lets the pill be tapped below the tabs of a phone, and shows which tab one is in after asking', async () => {
  const room = await makeInterview('live');
  await makeSupported(room, [0, 0, 0, 0, 0, 0, 0, 0]);
  const page = await open(`/interviews/${room.id}`, phone);
  await live(page);
  await page.click('.room-tabs [data-view="questions"]');
  await page.evaluate(() => scrollTo(0, 700));
  const fresh = await askPublished(room);
  await page.waitForSelector('#questions-pill:not([hidden])');
  await page.tap('#questions-pill');
  await page.waitForSelector(`#question-${fresh}`);
  await page.click('.room-tabs [data-view="mine"]');
  await ask(page, '公交车什么时候恢复晚班，请问？');
  await page.click('.room-tabs [data-view="questions"]');
  expect(await page.locator('.room-questions [data-list][aria-current]:visible').count()).toBe(1);
  await page.context().close();
});

it('says a notice where one reads, each change of state once, and folds what is older', async () => {
  const room = await makeInterview('live');
  const [first = ''] = await makeSupported(room, [0, 0, 0, 0, 0, 0, 0, 0]);
  const page = await open(`/interviews/${room.id}`, phone);
  await live(page);
  await page.click('.room-tabs [data-view="questions"]');
  await page.click(`#question-${first} form[data-follow] button`);
  await page.waitForSelector('#followed-list li', { state: 'attached' });
  await page.evaluate(() => scrollTo(0, 700));
  const said = (words: string) => page.waitForSelector(`#room-said:has-text("${words}")`, { state: 'attached' });
  const host = room.people.host;
  await postNotice(host, { interviewId: room.id, text: '嘉宾五分钟后回来。' });
  await said('嘉宾五分钟后回来');
  await page.tap('#notice-float-end');
  expect(await page.isVisible('#notice-float')).toBe(false);
  await postNotice(host, { interviewId: room.id, text: '嘉宾已经回来了。' });
  await page.waitForSelector('#room-notices .room-notice:has-text("回来了")', { state: 'attached' });
  expect(await page.locator('#room-notices .room-notice').count()).toBe(1);
  expect(await page.textContent('#earlier-notices')).toContain('五分钟');
  await setStage(host, { interviewId: room.id, questionId: first });
  await said('正在回答');
  const answer = { interviewId: room.id, guestId: room.guestId, questionId: first };
  const out = await publishAnswer(room.people.guest, { ...answer, text: '已经安排，下周动工。', version: 0 });
  await said('林建平的答复已经发布');
  await publishAnswer(room.people.guest, { ...answer, text: '已经安排，下下周动工。', version: out.version });
  await page.waitForSelector(`#question-${first} .answer >> text=下下周`, { state: 'attached' });
  expect(await page.textContent('#room-said')).not.toContain('下下周');
  expect(await page.locator('main [aria-live]').count()).toBe(0);
  await page.click('.room-tabs [data-view="stage"]');
  await page.click('#room-stage .mine-original summary');
  expect(await page.innerText('#room-stage .mine-original')).toContain('已经安排，下周动工。');
  const buttons = await page.locator('.support-button').evaluateAll((all) => all.map((one) => one.textContent));
  expect(new Set(buttons).size).toBe(buttons.length);
  expect(await page.locator('main h2:has-text("网友提问"), main h2:has-text("正在回答")').count()).toBe(2);
  expect(await checkAccessibility(page)).toEqual([]);
  await page.context().close();
});

it('takes nothing while it is paused, and at the end lets what is being typed go to the mailbox', async () => {
  const room = await makeInterview('live');
  const [questionId] = await makeSupported(room, [2]);
  const page = await open(`/interviews/${room.id}`);
  await live(page);
  await page.fill('#field-text', '正在写的一个问题，还没有写完');
  const head = await page.locator('.room-line').boundingBox();
  await pauseRoom(room.people.host, { interviewId: room.id });
  await page.waitForSelector('#ask-form button[type="submit"]:disabled');
  await page.waitForSelector(`#question-${questionId} .support-closed`);
  expect(await page.isVisible('#ask-paused')).toBe(true);
  const badge = await page.locator('.room-line .badge-live').boundingBox();
  const online = await page.locator('#connection').boundingBox();
  expect(Math.abs((badge?.y ?? 0) - (online?.y ?? 99))).toBeLessThan(12);
  expect(badge?.y).toBeLessThan((head?.y ?? 0) + 30);
  await resumeRoom(room.people.host, { interviewId: room.id });
  await page.waitForSelector('#ask-form button[type="submit"]:enabled');
  expect(await page.isVisible('#ask-paused')).toBe(false);
  await page.focus('#field-text');
  await closeInterview(system, { interviewId: room.id });
  await page.waitForSelector('#ask-over:not([hidden])');
  expect(await page.isVisible('#room-stage')).toBe(false);
  expect(await page.isVisible('#ask-form button[type="submit"]')).toBe(false);
  await page.reload();
  expect(await page.innerText('#ask-kept')).toContain('正在写的一个问题，还没有写完');
  await page.click('#ask-kept a[data-carry]');
  await page.waitForURL('**/letters/new');
  const kept = await page.evaluate(() => sessionStorage.getItem('draft /letters/new field-body'));
  expect(kept).toBe('正在写的一个问题，还没有写完');
  await page.context().close();
});

it('counts citizens among the people who watch, no desk and no projector', async () => {
  const room = await makeInterview('live');
  const host = await staffCookie(room.accounts.host.id);
  const pages = [
    await open(`/interviews/${room.id}/screen`, laptop, host),
    await open(`/office/interviews/${room.id}/hosting`, laptop, host),
    await open(`/interviews/${room.id}`, laptop, host),
    await open(`/interviews/${room.id}/screen`),
    await open(`/interviews/${room.id}`),
    await open(`/interviews/${room.id}`, phone),
  ];
  for (const page of pages) await live(page);
  for (const page of pages) await page.waitForSelector('#room-online:has-text("2 人在看")');
  for (const page of pages) await page.context().close();
});

it('draws a page of questions, leads to every one of them, and updates by itself only where scripts run', async () => {
  const room = await makeInterview('live');
  const ids = (
    await makeSupported(
      room,
      Array.from({ length: 26 }, () => 0),
    )
  ).reverse();
  const scripted = await open(`/interviews/${room.id}?question=${ids[23]}#question-${ids[23]}`, phone);
  await live(scripted);
  await scripted.waitForFunction((id) => {
    const row = document.getElementById(`question-${id}`)?.getBoundingClientRect();
    return row !== undefined && row.height > 0 && row.top >= 0 && row.top < innerHeight;
  }, ids[23]);
  expect(await scripted.isVisible('.questions-pager')).toBe(false);
  await scripted.context().close();
  const page = await open(`/interviews/${room.id}`, { ...laptop, javaScriptEnabled: false });
  expect(await idsOf(page, '#question-list')).toEqual(ids.slice(0, 20));
  await page.click('.questions-pager a[rel="next"]');
  expect(await idsOf(page, '#question-list')).toEqual(ids.slice(20));
  await page.click(`#question-${ids[25]} .support-button`);
  await page.waitForSelector(`#question-${ids[25]} .support-button[aria-pressed="true"]`);
  expect(await page.isVisible('#connection')).toBe(false);
  expect(await page.innerText('.room-line')).toContain('本页不会自动更新');
  await page.context().close();
});
