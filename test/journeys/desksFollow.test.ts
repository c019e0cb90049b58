import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { startInterview } from '../../src/interview/actions/startInterview.ts';
import { TurnModel } from '../../src/interview/turnModel.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { ask, askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();

async function open(interview: TestInterview, desk: string, account: { id: string }, phone = false): Promise<Page> {
  const viewport = phone ? { width: 360, height: 740 } : { width: 1280, height: 900 };
  const context = await browser.current.newContext({ viewport, isMobile: phone, hasTouch: phone });
  await context.addCookies([{ ...(await staffCookie(account.id)), url: app.base }]);
  const page = await context.newPage();
  await page.goto(`${app.base}/office/interviews/${interview.id}/${desk}`);
  await page.waitForSelector('#connection[data-state="live"]', { state: 'attached' });
  return page;
}
const keyboardOn = (page: Page, id: string) =>
  page.waitForFunction((wanted) => (document.activeElement as HTMLElement | null)?.dataset['id'] === wanted, id);

it('the box of a recorder who types says what becomes of the words, through start and close', async () => {
  const interview = await makeInterview('announced');
  const page = await open(interview, 'recording', interview.accounts.recorder);
  await page.locator('#field-text').pressSequentially('各位网友');
  expect(await page.textContent('#hint-text')).toContain('预录');
  await startInterview(system, { interviewId: interview.id });
  await page.waitForSelector('#hint-text:has-text("马上看到")');
  await page.keyboard.type('好。');
  expect(await page.inputValue('#field-text')).toBe('各位网友好。');
  expect(await page.textContent('[data-by-state="send"]')).not.toContain('预录');
  expect(await page.isVisible('#turn-form input[name="hold"]')).toBe(true);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('#turns >> text=各位网友好。');
  await page.keyboard.type('再见');
  await closeInterview(system, { interviewId: interview.id });
  await page.waitForSelector('#hint-text:has-text("补录")');
  expect(await page.inputValue('#field-text')).toBe('再见');
  expect(await page.isVisible('#turn-form input[name="hold"]')).toBe(false);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('#turns >> text=再见');
  expect(await TurnModel.countDocuments({ interviewId: interview.id })).toBe(2);
  await page.context().close();
});

it('a screener keeps the place of keyboard and page, whatever is decided or said', async () => {
  const interview = await makeInterview('live');
  const ids: string[] = [];
  for (let count = 0; count < 8; count += 1) ids.push(await ask(interview.id));
  const [first, second, third, fourth, fifth, sixth] = ids as [string, string, string, string, string, string];
  await QuestionModel.updateOne(
    { _id: sixth },
    { $set: { state: 'screening', claim: { id: 'somebody', name: '李想', at: new Date() } } },
  );
  const page = await open(interview, 'screening', interview.accounts.screener);
  await page.locator(`#waiting [data-id="${first}"]`).focus();
  await page.keyboard.press('e');
  await page.keyboard.type('改过：');
  await page.keyboard.press('Control+Enter');
  await keyboardOn(page, second);
  await page.keyboard.press('t');
  const signers = page.locator(`[data-id="${second}"] [data-fold="pass"] input[name="jointly"]`);
  expect([await signers.nth(0).isDisabled(), await signers.nth(1).isDisabled()]).toEqual([true, false]);
  await page.locator(`[data-id="${second}"] [data-fold="pass"] select`).selectOption({ index: 1 });
  expect([await signers.nth(0).isDisabled(), await signers.nth(1).isDisabled()]).toEqual([false, true]);
  await page.locator(`[data-id="${second}"] [data-fold="pass"] button`).press('Enter');
  await page.waitForSelector('#desk-told .notice-done');
  await keyboardOn(page, second);
  await page.keyboard.press('p');
  await keyboardOn(page, third);
  await page.keyboard.press('u');
  await keyboardOn(page, second);

  // What somebody else looks at is refused in words; the page stays where it is
  await page.locator(`#waiting [data-id="${sixth}"]`).focus();
  await page.locator(`#waiting [data-id="${sixth}"]`).scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await page.keyboard.press('p');
  await page.waitForSelector('#desk-told .notice-attention:has-text("李想")');
  expect(await page.evaluate(() => scrollY)).toBe(before);
  expect(await page.isVisible('#desk-told .notice')).toBe(true);
  await keyboardOn(page, sixth);

  for (const id of [third, fourth, fifth]) await page.locator(`[data-id="${id}"] input[name="questionIds"]`).check();
  await page.locator('#many-form button[value="reject"]').press('Enter');
  await keyboardOn(page, second);
  await page.waitForSelector('#decided :text("未采用")');
  const said = await page.locator('#decided').textContent();
  expect(said).not.toContain('interview.');
  expect(await checkAccessibility(page)).toEqual([]);
  await page.context().close();
});

it('a guest is told at the top of the window which question is called', async () => {
  const interview = await makeInterview('live');
  const ids: string[] = [];
  for (let count = 0; count < 6; count += 1) ids.push(await askPublished(interview));
  const page = await open(interview, 'answering', interview.accounts.guest, true);
  expect(await page.isVisible('#called')).toBe(false);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const last = ids[5] as string;
  await setStage(interview.people.host, { interviewId: interview.id, questionId: last });
  await page.waitForSelector('#called [data-called]');
  expect(await page.title()).toContain('请您回答');
  const { top } = await page.locator('#called').evaluate((place) => place.getBoundingClientRect());
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThan(200);
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  expect(await checkAccessibility(page)).toEqual([]);
  await page.locator('#called [data-called]').press('Enter');
  await page.waitForFunction((id) => document.activeElement?.id === `answer-${id}`, last);
  expect(await page.title()).not.toContain('请您回答');
  await setStage(interview.people.host, { interviewId: interview.id, questionId: null });
  await page.waitForSelector('#called', { state: 'hidden' });
  await page.context().close();
});
