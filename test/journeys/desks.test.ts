import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { assignRole } from '../../src/interview/actions/assignRole.ts';
import { placeNext } from '../../src/interview/actions/placeNext.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { findInterview, InterviewModel } from '../../src/interview/interviewModel.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { makeDepartment, makeStaff } from '../support/identity.ts';
import { ask, askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { until } from '../support/until.ts';

const app = useApp();
const browser = useBrowser();

/** Opens a page in a window of its own, once it follows its room. */
async function open(path: string, account: { id: string } | null, phone = false): Promise<Page> {
  const viewport = phone ? { width: 360, height: 740 } : { width: 1280, height: 900 };
  const context = await browser.current.newContext({ viewport, isMobile: phone, hasTouch: phone });
  if (account) await context.addCookies([{ ...(await staffCookie(account.id)), url: app.base }]);
  const page = await context.newPage();
  await page.goto(app.base + path);
  await page.waitForSelector('#connection[data-state="live"]', { state: 'attached' });
  return page;
}
const deskOf = ({ id }: TestInterview, name: string) => `/office/interviews/${id}/${name}`;
const closeAll = async (...pages: Page[]) => {
  for (const page of pages) await page.context().close();
};

/** Presses Tab until the keyboard is on what is wanted. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${selector}`);
}

it('a host runs the live hour by keyboard alone', async () => {
  const interview = await makeInterview('live');
  const [first, second] = [await askPublished(interview), await askPublished(interview)];
  const page = await open(deskOf(interview, 'hosting'), interview.accounts.host);
  const wall = await open(`/interviews/${interview.id}/screen`, null);
  await page.keyboard.press('Alt+Digit3');
  await page.waitForSelector('[data-phase]:nth-of-type(3)[aria-pressed="true"]');

  for (const id of [first, second]) {
    await page.waitForSelector(`#hosting > #question-${id}`);
    for (let steps = 0; steps < 9; steps += 1) {
      if (await page.evaluate((wanted) => document.activeElement?.id === wanted, `question-${id}`)) break;
      await page.keyboard.press(steps < 4 ? 'k' : 'j');
    }
    await page.keyboard.press('a');
    await page.waitForSelector(`#next > #next-${id}`);
  }
  await page.locator(`#next-${second}`).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.waitForSelector(`#next > li:first-child#next-${second}`);
  await page.keyboard.press('n');
  await wall.waitForSelector('#room-stage .stage-question');
  expect((await findInterview(interview.id)).onStage).toBe(second);

  await page.keyboard.press('m');
  await page.keyboard.type('还有十分钟，请抓紧提问。');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('#host-notices >> text=还有十分钟');
  await page.waitForSelector('#notice-form .field-count:has-text("已写 0 字")');
  expect(await checkAccessibility(page)).toEqual([]);

  await tabTo(page, '.confirm:has([action$="/hosting/close"]) > summary');
  await page.keyboard.press('Enter');
  await tabTo(page, '[action$="/hosting/close"] button');
  const answered = page.waitForEvent('domcontentloaded');
  await page.keyboard.press('Enter');
  await answered;
  const { state, phase } = await findInterview(interview.id);
  expect([state, phase]).toEqual(['closed', expect.any(String)]);
  await closeAll(page, wall);
});

it('two screeners on one question: the later is told and loses nothing typed', async () => {
  const interview = await makeInterview('live');
  const other = await makeStaff({ name: '第二位审核员' });
  await assignRole(system, { interviewId: interview.id, role: 'screener', personId: other.id });
  const id = await ask(interview.id, undefined, '小区里的电动车能不能有地方充电？');
  const [early, late] = [
    await open(deskOf(interview, 'screening'), interview.accounts.screener),
    await open(deskOf(interview, 'screening'), other),
  ];
  for (const page of [early, late]) await page.waitForSelector(`#waiting > #question-${id}`);
  await early.keyboard.press('j');
  await early.keyboard.press('e');
  await late.waitForSelector(`#question-${id} >> text=screener甲`);
  await late.keyboard.press('j');
  await late.keyboard.press('Enter'); // wants to look at it, too
  await late.waitForSelector('#desk-told >> text=screener甲');
  await late.click(`#question-${id} [data-act="claim"] button`); // takes it over
  await late.waitForSelector(`#question-${id}.desk-mine`);
  await late.locator(`#question-${id}`).focus();
  await late.keyboard.press('e');
  await late.keyboard.press('Control+a');
  await late.keyboard.type('小区电动车在哪里充电？');

  await early.waitForSelector('#desk-told >> text=第二位审核员');
  await early.fill(`#edit-${id}`, '先写好的一版，被接手了。');
  await early.click(`#question-${id} [data-fold="edit"] button`);
  await early.waitForSelector('#desk-told >> text=可以接手');
  expect(await early.inputValue(`#edit-${id}`)).toBe('先写好的一版，被接手了。');

  await late.click(`#question-${id} [data-fold="edit"] button`);
  await late.waitForSelector(`#decided #question-${id}`);
  expect((await QuestionModel.findById(id).lean())?.text).toBe('小区电动车在哪里充电？');
  // The card has gone from under the other's hands; the words have not
  await early.waitForSelector('#desk-kept >> text=先写好的一版，被接手了。');
  expect(await checkAccessibility(early)).toEqual([]);
  await closeAll(early, late);
});

it('two departments answer together: one writes, the other agrees, both sign', async () => {
  const interview = await makeInterview('live');
  const cosigner = await makeStaff({ name: '高敏', departmentId: (await makeDepartment()).id });
  await InterviewModel.updateOne({ _id: interview.id }, { $set: { 'guests.1.personId': cosigner.id } });
  const id = await ask(interview.id, undefined, '路灯归谁管，修一下要多久？');
  const reader = await open(`/interviews/${interview.id}`, null, true);
  const screener = await open(deskOf(interview, 'screening'), interview.accounts.screener);
  await screener.waitForSelector(`#waiting > #question-${id}`);
  await screener.keyboard.press('j');
  await screener.keyboard.press('t');
  await screener.selectOption(`#pass-${id}`, `guest:${interview.guestId}`);
  await screener.check(`#question-${id} [name="jointly"][value="${interview.secondGuestId}"]`);
  await screener.click(`#question-${id} [data-fold="pass"] form button`);
  await screener.waitForSelector(`#question-${id} >> text=高敏`);
  await screener.locator(`#question-${id}`).focus();
  await screener.keyboard.press('p');
  await reader.waitForSelector(`#question-${id}`, { state: 'attached' });

  const writer = await open(deskOf(interview, 'answering'), interview.accounts.guest);
  await writer.fill(`#answer-${id}`, '路灯由住建局管，报修后两天内修好。');
  await writer.keyboard.press('Control+Enter');
  await writer.waitForSelector('.underway >> text=高敏');
  expect(await reader.locator(`#question-${id} .answer`).count()).toBe(0);
  const second = await open(deskOf(interview, 'answering'), cosigner, true);
  expect(await sidewaysOverflow(second)).toBeLessThanOrEqual(0);
  await second.click('form[action$="/agree"] button');
  await reader.waitForSelector(`#question-${id} .answer`, { state: 'attached' });
  const answer = await reader.textContent(`#question-${id} .answer`);
  for (const words of ['林建平', '高敏', '两天内修好']) expect(answer).toContain(words);
  await closeAll(reader, screener, writer, second);
});

it('a citizen follows another’s question and sees it answered without reloading', async () => {
  const interview = await makeInterview('live');
  const words = '老楼外墙掉砖，谁来修？';
  const id = await askPublished(interview, undefined, words);
  const page = await open(`/interviews/${interview.id}`, null, true);
  await page.click('.room-tabs [data-view="questions"]');
  await page.click(`#question-${id} [data-follow] button`);
  await page.waitForSelector(`#question-${id} [data-follow] [aria-pressed="true"]`);
  await page.click('.room-tabs [data-view="mine"]');
  await page.waitForSelector(`#followed-list >> text=${words}`);
  const answer = { interviewId: interview.id, questionId: id, guestId: interview.guestId, version: 0 };
  await publishAnswer(interview.people.guest, { ...answer, text: '由维修资金出，本月开工。' });
  await page.waitForSelector('#followed-list [data-state="answered"]');
  await page.click('#followed-list [data-go]');
  await page.waitForSelector(`#question-${id} .answer >> text=本月开工`);
  expect(await checkAccessibility(page)).toEqual([]);
  await closeAll(page);
});

it.each(['zh-CN', 'en'])('the wall shows everything at any size, and a long answer whole (%s)', async (lang) => {
  const interview = await makeInterview('live');
  const named = { interviewId: interview.id };
  const ids = [await askPublished(interview), await askPublished(interview), await askPublished(interview)];
  for (const questionId of ids.slice(1)) await placeNext(interview.people.host, { ...named, questionId, to: 'add' });
  const answer = { ...named, questionId: ids[0], guestId: interview.guestId, version: 0 };
  await publishAnswer(interview.people.guest, {
    ...answer,
    text: '先看楼，再看管，最后看钱，一步一步来。'.repeat(16),
  });
  await setStage(interview.people.host, { ...named, questionId: ids[0] });
  const context = await browser.current.newContext();
  await context.addCookies([{ name: 'wz_lang', value: lang, url: app.base }]);
  const page = await context.newPage();
  await page.goto(`${app.base}/interviews/${interview.id}/screen`);
  await page.waitForSelector('#connection[data-state="live"]');
  for (const [width, height] of [
    [1280, 720],
    [1280, 850],
    [1920, 1080],
    [3840, 2160],
  ] as const) {
    await page.setViewportSize({ width, height });
    const look = () =>
      page.evaluate(() => {
        const stage = document.querySelector('.screen-stage') as HTMLElement;
        const bottom = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().bottom ?? 1e9;
        const letter = Number.parseFloat(getComputedStyle(stage.querySelector('.answer') ?? stage).fontSize);
        const { scrollWidth, scrollHeight } = document.documentElement;
        return {
          whole:
            scrollWidth <= innerWidth && scrollHeight <= innerHeight && stage.scrollHeight <= stage.clientHeight + 1,
          figures: bottom('.screen-figures') < innerHeight && bottom('.next-list li') < innerHeight,
          numbered: getComputedStyle(document.querySelector('.next-list li') ?? stage).display === 'list-item',
          legible: innerHeight / letter <= 50,
        };
      });
    let seen = await look();
    const well = async () => Object.values((seen = await look())).every(Boolean);
    await until(well, 20_000).catch(() => undefined); // the wall measures itself a moment after it has changed
    const all = { whole: true, figures: true, numbered: true, legible: true };
    expect({ width, height, ...seen }).toEqual({ width, height, ...all });
  }
  await context.close();
});
