import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { startInterview } from '../../src/interview/actions/startInterview.ts';
import { newId } from '../../src/kernel/id.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, press, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { makeInterview, system } from '../support/interview.ts';
import { pngPicture } from '../support/picture.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
const browser = useBrowser();

async function open(path: string, account: { id: string } | null, given: { phone?: boolean; lang?: string } = {}) {
  const viewport = given.phone ? { width: 360, height: 740 } : { width: 1280, height: 900 };
  const context = await browser.current.newContext({ viewport });
  if (account) await context.addCookies([{ ...(await staffCookie(account.id)), url: app.base }]);
  if (given.lang) await context.addCookies([{ name: 'wz_lang', value: given.lang, url: app.base }]);
  const page = await context.newPage();
  await page.goto(app.base + path);
  return page;
}
const words = (page: Page, list: string) => page.locator(`${list} > li [data-text]`).allTextContents();

it.each(['zh-CN', 'en'])('the recorder works by keyboard: prepared, live, moved, a picture (%s)', async (lang) => {
  const interview = await makeInterview('announced');
  const desk = `/office/interviews/${interview.id}/recording`;
  const before = await open(desk, interview.accounts.recorder, { lang, phone: true });
  await before.waitForSelector('#connection[data-state="live"]');
  await before.fill('#field-text', '开场白');
  await before.keyboard.press('Control+Enter');
  await before.waitForSelector('#prepared > li');
  await before.evaluate(() => scrollTo(0, 0)); // nothing half under the bar of the sheets
  expect(await checkAccessibility(before)).toEqual([]);
  expect(await sidewaysOverflow(before)).toBeLessThanOrEqual(0);
  await before.context().close();
  await startInterview(system, { interviewId: interview.id });

  const page = await open(desk, interview.accounts.recorder, { lang });
  const reader = await open(`/interviews/${interview.id}`, null, { lang });
  for (const one of [page, reader]) await one.waitForSelector('#connection[data-state="live"]');
  await page.keyboard.press('Alt+Digit0');
  await reader.waitForSelector('#turns >> text=开场白');
  await page.keyboard.press('Alt+Digit2');
  await page.keyboard.type('嘉宾说的第一句。');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('#turns > li:nth-child(2)');
  await page.locator('#turns > li').first().focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Alt+ArrowUp');
  await page.waitForFunction(() => document.querySelector('#turns > li [data-text]')?.textContent?.includes('嘉宾'));
  expect((await words(page, '#turns')).map((text) => text.trim())).toEqual(['嘉宾说的第一句。', '开场白']);
  await page.waitForFunction(() => document.activeElement?.matches('.turn'));

  await page.click('details:has(#picture-form) > summary');
  const buffer = await pngPicture();
  await page.setInputFiles('#field-picture', { name: 'a.png', mimeType: 'image/png', buffer });
  await page.fill('#picture-text', '直播间里的四位嘉宾');
  await page.keyboard.press('Enter');
  await reader.waitForSelector('#room-picture img[alt="直播间里的四位嘉宾"]');
  await reader.waitForSelector('#turns img[alt="直播间里的四位嘉宾"]');
  for (const one of [page, reader]) expect(await checkAccessibility(one)).toEqual([]);
  for (const one of [page, reader]) await one.context().close();
});

it('a guest proposes a correction, the recorder takes it, the guest confirms, everyone sees it', async () => {
  const interview = await makeInterview('live');
  const turn = { interviewId: interview.id, speakerId: interview.guestId, formKey: newId(16) };
  await addTurn(interview.people.recorder, { ...turn, text: '今年改造一百部电梯。' });
  await closeInterview(system, { interviewId: interview.id });
  const address = `/office/interviews/${interview.id}/checking`;
  const guest = await open(address, interview.accounts.guest, { phone: true });
  await press(guest, '.check-link');
  await guest.fill('#field-text', '今年改造两百部电梯。');
  await press(guest, 'form[action$="/propose"] .button');
  expect(await sidewaysOverflow(guest)).toBeLessThanOrEqual(0);
  const recorder = await open(address, interview.accounts.recorder, { lang: 'en' });
  expect(await checkAccessibility(recorder)).toEqual([]);
  await press(recorder, 'button[value="take"]');
  await guest.goto(app.base + address);
  await press(guest, '#own form[action$="/confirm"] .button');
  expect(await guest.textContent('#own .notice')).toContain('您已确认记录无误');
  expect(await checkAccessibility(guest)).toEqual([]);
  const reader = await open(`/interviews/${interview.id}?view=record`, null);
  expect(await reader.textContent('.archive-turns')).toMatch(/今年改造两百部电梯。[\s\S]*有更正/);
  expect(await reader.textContent('.archive-checks')).toContain('经嘉宾核对');
  expect(await checkAccessibility(reader)).toEqual([]);
  for (const page of [guest, recorder, reader]) await page.context().close();
});
