import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, press, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { ask, askPublished, makeInterview, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();

/** Opens a desk in a window of its own. */
async function open(interview: TestInterview, desk: string, given: { phone?: boolean; scripts?: boolean } = {}) {
  const viewport = given.phone ? { width: 360, height: 740 } : { width: 1280, height: 900 };
  const context = await browser.current.newContext({ viewport, javaScriptEnabled: given.scripts !== false });
  const role = desk === 'screening' ? 'screener' : desk === 'recording' ? 'recorder' : 'guest';
  await context.addCookies([{ ...(await staffCookie(interview.accounts[role].id)), url: app.base }]);
  const page = await context.newPage();
  await page.goto(`${app.base}/office/interviews/${interview.id}/${desk}`);
  if (given.scripts !== false) await page.waitForSelector('#connection[data-state="live"]');
  return page;
}
const close = (page: Page) => page.context().close();
const stateOf = async (id: string) => (await QuestionModel.findById(id).lean())?.state;
const shot = process.env['SHOTS'];
const look = async (page: Page, name: string) => {
  if (shot) await page.screenshot({ path: `${shot}/${name}.png`, fullPage: true });
};

it('screens by keyboard alone: merge, undo, several at once', async () => {
  const interview = await makeInterview('live');
  const into = await askPublished(interview, undefined, '请问地铁三号线延长线什么时候通车？');
  const from = await ask(interview.id, undefined, '地铁三号线的延长线到底什么时候通车啊');
  const others = [await ask(interview.id), await ask(interview.id)];
  const page = await open(interview, 'screening');
  await page.waitForSelector(`#question-${from} .desk-similar`);
  await look(page, 'screening');
  await page.keyboard.press('j');
  await page.keyboard.press('m');
  await page.waitForSelector(`#question-${from} [data-fold="merge"][open] input:focus`);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.undo');
  await page.waitForSelector(`#decided #question-${from}[data-state="merged"]`);
  expect(await stateOf(from)).toBe('merged');
  await page.locator('#waiting > li').first().focus();
  await page.keyboard.press('u');
  await page.waitForSelector(`#waiting #question-${from}`);
  expect((await QuestionModel.findById(into).lean())?.alike).toBe(0);
  for (const id of others) {
    await page.focus(`#question-${id}`);
    await page.keyboard.press('x');
  }
  expect(await page.textContent('#many-count')).toContain('2');
  await look(page, 'screening-chosen');
  await page.click('#many-form [value="publish"]');
  for (const id of others) await page.waitForSelector(`#decided #question-${id}[data-state="published"]`);
  expect(await checkAccessibility(page)).toEqual([]);
  await close(page);
});

it('merges into any public question that is searched for, by keyboard and without scripts', async () => {
  const interview = await makeInterview('live');
  const into = await askPublished(interview, undefined, '请问地铁三号线延长线什么时候通车？');
  await askPublished(interview, undefined, '公交十二路能不能晚点收车？');
  const [from, other] = [await ask(interview.id, undefined, '轨道交通何时修到城西'), await ask(interview.id)];
  const page = await open(interview, 'screening');
  await page.waitForSelector(`#waiting #question-${from}`);
  await page.keyboard.press('j');
  await page.keyboard.press('f');
  await page.keyboard.type('三号线');
  await page.waitForSelector(`#question-${from} [data-found] input[value="${into}"]`);
  expect(await page.locator(`#question-${from} [data-found] input`).count()).toBe(1);
  expect(await page.textContent(`#question-${from} [data-told]`)).toContain('1');
  expect(await checkAccessibility(page)).toEqual([]);
  await look(page, 'screening-find');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`#question-${from} [data-found] input:focus`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`#decided #question-${from}[data-state="merged"]`);
  expect((await QuestionModel.findById(from).lean())?.mergedInto).toBe(into);
  await close(page);

  const plain = await open(interview, 'screening', { scripts: false, phone: true });
  await plain.click(`#question-${other} [data-fold="merge"] summary`);
  await plain.fill(`#question-${other} input[name="q"]`, '没有这样的字词');
  await press(plain, `#question-${other} [role="search"] button`);
  expect(await plain.textContent('main .notice')).toContain('没有已公开的问题');
  await plain.fill('#find', '延长线 三号线');
  await press(plain, '[role="search"] button');
  expect(await sidewaysOverflow(plain)).toBeLessThanOrEqual(0);
  await look(plain, 'merging-phone');
  await press(plain, 'form[method="post"][action$="/merge"] button');
  expect(await stateOf(other)).toBe('merged');
  await close(plain);
});

it('screens without scripts, on a phone', async () => {
  const interview = await makeInterview('live');
  await askPublished(interview, undefined, '请问地铁三号线延长线什么时候通车？');
  const from = await ask(interview.id, undefined, '地铁三号线的延长线到底什么时候通车啊');
  const page = await open(interview, 'screening', { scripts: false, phone: true });
  await look(page, 'screening-phone');
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  await page.click('#waiting [data-fold="merge"] summary');
  await press(page, '#waiting [data-fold="merge"] form[method="post"] button');
  expect(await stateOf(from)).toBe('merged');
  await press(page, '#undo-form button');
  expect(await stateOf(from)).toBe('received');
  await page.click('#waiting [data-fold="pass"] summary');
  await page.selectOption('#waiting select[name="to"]', `guest:${interview.guestId}`);
  await press(page, '#waiting [data-fold="pass"] button');
  const guest = await open(interview, 'answering', { scripts: false, phone: true });
  expect(await guest.textContent('#answering > li:first-child')).toContain('转给您的');
  await look(guest, 'answering-phone');
  await page.check('#waiting input[name="questionIds"]');
  await press(page, '#many-form [value="publish"]');
  expect(await stateOf(from)).toBe('published');
  for (const one of [page, guest]) await close(one);
});
