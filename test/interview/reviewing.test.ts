import { expect, it } from '@jest/globals';
import { setAnswerReview } from '../../src/interview/actions/setAnswerReview.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { askPublished, makeInterview, system } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();

it('takes a draft through a crash, to the reviewer by keyboard alone, and out', async () => {
  const interview = await makeInterview('live');
  await setAnswerReview(system, { interviewId: interview.id, review: 'on' });
  const id = await askPublished(interview);
  const window = async (role: 'guest' | 'reviewer', desk: string, phone = false) => {
    const viewport = phone ? { width: 360, height: 740 } : { width: 1280, height: 900 };
    const context = await browser.current.newContext({ viewport });
    await context.addCookies([{ ...(await staffCookie(interview.accounts[role].id)), url: app.base }]);
    const page = await context.newPage();
    await page.goto(`${app.base}/office/interviews/${interview.id}/${desk}`);
    return page;
  };
  const guest = await window('guest', 'answering', true);
  await guest.fill('.answering-form textarea', '写到一半浏览器崩溃了。');
  // Killed at once: nothing was sent yet
  await guest.goto('chrome://crash').catch(() => undefined);
  const again = await guest.context().newPage();
  await again.goto(`${app.base}/office/interviews/${interview.id}/answering`);
  const kept = again.locator('.kept-text button').first();
  if (await kept.count()) await kept.click();
  await again.waitForFunction(() => document.querySelector('textarea')?.value === '写到一半浏览器崩溃了。');
  await again.click('[data-publish]');
  const reviewer = await window('reviewer', 'reviewing');
  await reviewer.waitForSelector('#connection[data-state="live"]');
  await reviewer.waitForSelector('#waiting > [data-id]');
  expect(await checkAccessibility(reviewer)).toEqual([]);
  await reviewer.keyboard.press('j');
  await reviewer.keyboard.press('r');
  await reviewer.keyboard.type('请写明时间。');
  await reviewer.keyboard.press('Control+Enter');
  await again.waitForSelector('.underway.notice:has-text("请写明时间。")');
  expect(await sidewaysOverflow(again)).toBeLessThanOrEqual(0);
  expect(await again.textContent('.answering-told')).not.toContain('已送审');
  await again.fill('.answering-form textarea', '明年六月底前完工。');
  await again.click('[data-publish]');
  await reviewer.waitForSelector('#waiting [data-text]:has-text("明年六月底前完工。")');
  await reviewer.keyboard.press('j');
  await reviewer.keyboard.press('a');
  await again.waitForSelector('.answering-told:has-text("已发布")', { state: 'attached' });
  const visitor = await browser.current.newPage();
  await reviewer.waitForSelector('#waiting > [data-id]', { state: 'detached' });
  await visitor.goto(`${app.base}/interviews/${interview.id}`);
  expect(await visitor.textContent(`#question-${id} .answer`)).toContain('明年六月底前完工。');
  for (const page of [again, reviewer, visitor]) await page.context().close();
});
