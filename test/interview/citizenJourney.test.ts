import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { features } from '../../src/features.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { mergeQuestion } from '../../src/interview/actions/mergeQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { publishQuestion } from '../../src/interview/actions/publishQuestion.ts';
import { rejectQuestion } from '../../src/interview/actions/rejectQuestion.ts';
import { startInterview } from '../../src/interview/actions/startInterview.ts';
import { claimQuestion } from '../../src/interview/actions/claimQuestion.ts';
import { banAsker } from '../../src/interview/bans/banAsker.ts';
import { liftBan } from '../../src/interview/bans/liftBan.ts';
import { guardRoom } from '../../src/interview/guard/guardRoom.ts';
import { findInterview } from '../../src/interview/interviewModel.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { RatingModel } from '../../src/interview/rating/ratingModel.ts';
import { ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, press, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';

const app = useApp();
const browser = useBrowser();
const live = (page: Page) => page.waitForSelector('#connection[data-state="live"]', { state: 'attached' });
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

async function openOnPhone(path: string) {
  const context = await browser.current.newContext(phone);
  const page = await context.newPage();
  await page.goto(app.base + path);
  return { page, context };
}

/** Asks on the open page; gives the question's id once the page shows it. */
async function askOn(page: Page, interview: TestInterview, words: string): Promise<string> {
  await page.click('.room-tabs [data-view="mine"]');
  await page.fill('#field-text', words);
  await page.click('#ask-form button[type="submit"]');
  await page.waitForSelector(`#mine-list >> text=${words}`);
  return String((await QuestionModel.findOne({ interviewId: interview.id, text: words }).lean())?._id);
}

const fate = (page: Page, words: string, state: string) =>
  page.waitForSelector(
    `#mine-list > li:has([data-state="${state}"]):has-text("${words}"), #mine-list > li[data-state="${state}"]:has-text("${words}")`,
  );

it('a citizen with a phone signs up, asks, follows each question to its end, supports and rates', async () => {
  const interview = await makeInterview('announced', '冬天怎样把暖气烧热');
  const which = { interviewId: interview.id };
  const { page, context } = await openOnPhone('/interviews');
  await press(page, `a[href="/interviews/${interview.id}"]`);
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);

  await page.fill('input[name="email"]', 'citizen@example.org');
  await press(page, 'form[action$="/reminder"] button');
  expect(await page.textContent('.flash')).toBeTruthy();
  await runDueJobs(features.flatMap((feature) => feature.jobs ?? []));
  const letter = await ShelvedLetterModel.findOne({ to: 'citizen@example.org' }).lean();
  const [, link = ''] = /(\/interviews\/\w+\/reminder\/\S+)/.exec(letter?.text ?? '') ?? [];
  await page.goto(app.base + link);
  await press(page, 'main form[action*="/reminder/"] button');
  expect(new URL(page.url()).pathname).toBe(`/interviews/${interview.id}`);

  await live(page);
  const taken = '我们小区的暖气什么时候能热起来？';
  const same = '暖气不热，哪天才能热起来，请回答。';
  const off = '请问今年的高考分数线什么时候公布？';
  const takenId = await askOn(page, interview, taken);
  await fate(page, taken, 'received');
  await claimQuestion(interview.people.screener, { ...which, questionId: takenId });
  await fate(page, taken, 'screening');
  await publishQuestion(interview.people.screener, { ...which, questionId: takenId });
  await fate(page, taken, 'published');
  const sameId = await askOn(page, interview, same);
  const others = await askPublished(interview, undefined, '供热站的温度能不能再高两度？');
  await mergeQuestion(interview.people.screener, { ...which, questionId: sameId, intoId: others });
  await fate(page, same, 'merged');
  const offId = await askOn(page, interview, off);
  await rejectQuestion(interview.people.screener, { ...which, questionId: offId, reason: 'off-topic' });
  await fate(page, off, 'rejected');
  expect(await page.textContent('#mine-list')).toContain('与本场访谈的主题无关');
  expect(await checkAccessibility(page)).toEqual([]);

  await startInterview(system, which);
  await page.waitForSelector('.room[data-state="live"]');
  await live(page);
  await page.click('.room-tabs [data-view="questions"]');
  const button = `#question-${others} .support-button`;
  await page.tap(button);
  await page.waitForSelector(`${button}[aria-pressed="true"]`);
  await page.waitForSelector(`[data-votes="${others}"]:text-is("1")`);
  await publishAnswer(interview.people.guest, {
    ...which,
    questionId: takenId,
    guestId: interview.guestId,
    text: '本周五之前调好，请放心。',
    version: 0,
  });
  await page.click('.room-tabs [data-view="mine"]');
  await fate(page, taken, 'answered');

  await closeInterview(system, which);
  await page.waitForSelector('.room[data-state="closed"]');
  await page.goto(`${app.base}/interviews/${interview.id}?view=answers#rating`);
  await page.check('#rating input[name="stars"][value="5"]');
  await page.fill('#rating textarea', '回答得很实在。');
  await press(page, '#rating form button');
  expect(await RatingModel.countDocuments({ interviewId: interview.id, stars: 5 })).toBe(1);
  expect(await page.locator('#rating form').count()).toBe(0);
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await context.close();
});

it('says honestly that the network is away, keeps what is typed, and is live again by itself', async () => {
  const interview = await makeInterview('live');
  const { page, context } = await openOnPhone(`/interviews/${interview.id}`);
  await live(page);
  await page.click('.room-tabs [data-view="mine"]');
  await page.fill('#field-text', '断网时写的问题还在不在？');
  await context.setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await page.click('#ask-form button[type="submit"]');
  await page.waitForSelector('.ask-told:has-text("没有发出去")');
  await page.waitForSelector('#connection[data-state="offline"]');
  expect(await page.textContent('#connection')).toContain('网络断开了');
  await context.setOffline(false);
  await page.waitForSelector('#connection[data-state="live"]');
  await page.click('#ask-form button[type="submit"]');
  await page.waitForSelector('#mine-list [data-state="received"]');
  expect(await QuestionModel.countDocuments({ interviewId: interview.id })).toBe(1);
  await context.close();
});

it('lets a visitor’s browser do the work of a guarded room, and tells a banned one why until it is lifted', async () => {
  const interview = await makeInterview('live');
  const liked = await askPublished(interview);
  await guardRoom(interview.people.host, { interviewId: interview.id });
  const { page, context } = await openOnPhone(`/interviews/${interview.id}`);
  await live(page);
  expect(await page.textContent('#room-phase')).toContain('自动验证');
  await page.click('.room-tabs [data-view="questions"]');
  await page.tap(`#question-${liked} .support-button`);
  await page.waitForSelector(`#question-${liked} .support-button[aria-pressed="true"]`);
  const questionId = await askOn(page, interview, '有防护的时候还能不能提问？');

  const input = { interviewId: interview.id, questionId, reason: 'flooding', rejectWaiting: true };
  expect(await banAsker(interview.people.screener, input)).toEqual({ rejected: 1 });
  await page.waitForSelector('#ask-ban .notice');
  expect(await page.textContent('#ask-ban')).toContain('反复提交相同或无意义的内容');
  expect(await page.isVisible('#ask-form')).toBe(false);
  expect(await checkAccessibility(page)).toEqual([]);
  const banId = (await findInterview(interview.id)).bans?.[0]?.id;
  await liftBan(interview.people.host, { interviewId: interview.id, banId });
  await page.waitForSelector('#ask-form', { state: 'visible' });
  await context.close();
});

it('keeps the question one reads in its place while others above it are answered and new ones come', async () => {
  const interview = await makeInterview('live');
  const ids: string[] = [];
  for (let n = 0; n < 12; n += 1) ids.push(await askPublished(interview));
  const { page, context } = await openOnPhone(`/interviews/${interview.id}`);
  await live(page);
  await page.click('.room-tabs [data-view="questions"]');
  const read = `#question-${ids[4]}`;
  await page.evaluate((selector) => document.querySelector(selector)?.scrollIntoView({ block: 'center' }), read);
  const top = () => page.evaluate((selector) => document.querySelector(selector)?.getBoundingClientRect().top, read);
  const before = Number(await top());
  const answer = { interviewId: interview.id, guestId: interview.guestId, text: '已经安排，下周动工。', version: 0 };
  for (const questionId of ids.slice(8)) await publishAnswer(interview.people.guest, { ...answer, questionId });
  await askPublished(interview);
  await page.waitForSelector('#questions-pill:not([hidden])');
  await page.waitForFunction(() => document.querySelectorAll('#question-list .answer').length === 4);
  expect(Math.abs(Number(await top()) - before)).toBeLessThan(3);
  expect(await page.isVisible('#questions-pill')).toBe(true);
  await context.close();
});
