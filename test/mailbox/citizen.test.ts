import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import * as act from '../../src/mailbox/index.ts';
import { letterByNumber } from '../../src/mailbox/letterModel.ts';
import { useUploadsFolder } from '../../src/platform/uploads/folders.ts';
import { useApp } from '../support/app.ts';
import { checkAccessibility, press, sidewaysOverflow, smallTargets, useBrowser } from '../support/browser.ts';
import { letterText, makeOffice, replyText, type Office } from '../support/mailbox.ts';

const app = useApp();
const browser = useBrowser();
const folder = mkdtempSync(join(tmpdir(), 'citizen-'));
let office: Office;
beforeAll(async () => {
  useUploadsFolder(folder);
  office = await makeOffice();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;
const next = '#letter-form .button:not(.button-quiet)';
const { title, body, name } = letterText;

/** Nothing on the page is out of reach of a thumb, a reader or a narrow screen. */
async function isFit(page: Page): Promise<void> {
  expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
  expect(await smallTargets(page, 24)).toEqual([]);
  expect(await checkAccessibility(page)).toEqual([]);
}

/** What the same browser shows after it was closed: the cookies that stay, and nothing else. */
async function reopened(old: BrowserContext, options: object): Promise<Page> {
  const kept = (await old.cookies()).filter(({ expires }) => expires > 0);
  await old.close();
  const context = await browser.current.newContext(options);
  await context.addCookies(kept);
  return context.newPage();
}
const value = (page: Page, selector: string) => page.locator(selector).inputValue();

describe('a citizen with a telephone', () => {
  it('loses nothing by a reload or a closed browser, sends the letter, and follows it to the end', async () => {
    let page = await (await browser.current.newContext(phone)).newPage();
    await page.goto(`${app.base}/letters/new`);
    await isFit(page);
    await page.check('[name=kind][value=complaint]');
    await page.fill('#field-title', title);
    await press(page, next);
    await page.fill('#field-body', body);
    await page.setInputFiles('#field-files', { name: '水压.txt', mimeType: 'text/plain', buffer: Buffer.from('记录') });
    await page.locator('[data-draft-state]', { hasText: '已自动存下' }).waitFor();
    await isFit(page);
    await page.reload();
    expect(await value(page, '#field-body')).toBe(body);
    page = await reopened(page.context(), phone);
    await page.goto(`${app.base}/letters/new`);
    expect(await page.textContent('.draft-kept')).toContain('没写完的信');
    await isFit(page);
    await press(page, '.draft-kept a');
    expect(await value(page, '#field-body')).toBe(body);
    await page.setInputFiles('#field-files', { name: '水压.txt', mimeType: 'text/plain', buffer: Buffer.from('记录') });
    await press(page, next);
    await page.fill('#field-name', name);
    await page.fill('#field-email', letterText.email);
    await page.locator('[data-draft-state]', { hasText: '已自动存下' }).waitFor();
    await page.reload();
    expect([await value(page, '#field-name'), await value(page, '#field-email')]).toEqual([name, letterText.email]);
    await isFit(page);
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=altcha]')?.value !== '');
    await page.check('[name=mayPublish][value="1"]');
    await press(page, next);
    const [number = '', code = ''] = await page.locator('.letter-slip dd').allTextContents();
    expect(number).toMatch(/^\d{4}-\d{6}$/);
    await isFit(page);
    await page.goto(`${app.base}/letters/new`);
    expect(await page.locator('.draft-kept').count()).toBe(0);
    await follow(page, number, code);
  });

  it('without scripts keeps it by a button, finds it again, and clears it on a shared computer', async () => {
    const plain = { ...phone, javaScriptEnabled: false };
    let page = await (await browser.current.newContext(plain)).newPage();
    await page.goto(`${app.base}/letters/new`);
    await page.check('[name=kind][value=help]');
    await page.fill('#field-title', title);
    await press(page, next);
    await page.fill('#field-body', body);
    await press(page, '.draft-line [formaction]');
    page = await reopened(page.context(), plain);
    await page.goto(`${app.base}/letters/new`);
    await press(page, '.draft-kept a');
    expect(await value(page, '#field-body')).toBe(body);
    await page.click('.draft-line summary');
    await press(page, '.draft-line [data-clear-draft] button');
    expect(await page.locator('.draft-kept').count()).toBe(0);
    await page.goto(`${app.base}/letters/new?step=2`);
    expect(await page.content()).not.toContain(title);
  });
});

/** Opens the letter by number and code and goes with it: asked, answered, rated, asked for again. */
async function follow(page: Page, number: string, code: string): Promise<void> {
  const letter = await letterByNumber(number);
  const letterId = letter?._id ?? '';
  await act.acceptLetter(office.clerk, { letterId });
  await act.assignLetter(office.clerk, { letterId, departmentId: office.departmentId });
  await act.askWriter(office.handler, { letterId, text: '请补充楼号。' });
  await page.goto(`${app.base}/letters/track`);
  await isFit(page);
  await page.fill('#field-number', number);
  await page.fill('#field-code', code);
  await press(page, '.letter-form .button');
  expect(await page.textContent('.letter-where')).toContain('正在等您补充');
  await isFit(page);
  await page.fill('#supplement textarea', '三号楼二单元');
  await press(page, '#supplement .button');
  expect(await page.textContent('#deadline')).toContain('开始的当天不计入');
  expect(await page.textContent('#deadline')).toContain('停过 1 次');
  await act.submitForSignOff(office.handler, { letterId, text: replyText });
  await act.signOff(office.head, { letterId });
  await act.releaseReply(office.clerk, { letterId });
  await page.reload();
  expect(await page.textContent('.letter-where')).toContain('评价答复');
  await isFit(page);
  await page.check('[name=satisfaction][value=dissatisfied]');
  await page.check('[name=solved][value=no]');
  await page.fill('#rate textarea', '没有人来过现场');
  await press(page, '#rate .button');
  await page.fill('#rehandling textarea', '请到现场看看再答复');
  await press(page, '#rehandling .button');
  expect(await page.textContent('.letter-where')).toContain('正在研究您的重办申请');
  await page.click('#contact summary');
  await isFit(page);
  await page.check('[name=extent][value=needed]');
  await press(page, '#contact .button');
  await page.click('#contact summary');
  expect(await page.isChecked('[name=extent][value=needed]')).toBe(true);
}
