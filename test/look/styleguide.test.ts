import { describe, expect, it } from '@jest/globals';
import { checkAccessibility, sidewaysOverflow, smallTargets, useBrowser } from '../support/browser.ts';
import { useStyleguide } from './styleguideApp.ts';

const app = useStyleguide();
const browser = useBrowser();
const phone = { width: 360, height: 780 };
const desktop = { width: 1280, height: 900 };

const modes = [
  { name: 'light desktop zh', address: '?', colorScheme: 'light', viewport: desktop },
  { name: 'dark desktop en', address: '?lang=en', colorScheme: 'dark', viewport: desktop },
  { name: 'light phone en', address: '?lang=en', colorScheme: 'light', viewport: phone },
  { name: 'dark phone zh', address: '?', colorScheme: 'dark', viewport: phone },
  { name: 'elder light phone zh', address: '?elder=1', colorScheme: 'light', viewport: phone },
  { name: 'elder dark desktop en', address: '?elder=1&lang=en', colorScheme: 'dark', viewport: desktop },
] as const;

describe.each(modes)('in $name', ({ address, colorScheme, viewport }) => {
  it.each(['/office/styleguide', '/error/422'])('%s can be used by everyone', async (path) => {
    const context = await browser.current.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(app.base + path + address);
    expect(await checkAccessibility(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    expect(await smallTargets(page, 44)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a page', () => {
  it('opens its menu on a phone without scripts', async () => {
    const context = await browser.current.newContext({ viewport: phone, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${app.base}/error/404?`);
    const link = page.locator('.masthead-menu a[href="/office/styleguide"]');
    expect(await link.isVisible()).toBe(false);
    await page.click('.masthead-menu > summary');
    expect(await link.isVisible()).toBe(true);
    await context.close();
  });

  it('shows where the keyboard is, first on the way past the header', async () => {
    const page = await browser.current.newPage({ viewport: desktop });
    await page.goto(`${app.base}/error/404?`);
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement!);
      return { className: document.activeElement!.className, width: style.outlineWidth, style: style.outlineStyle };
    });
    expect(first).toEqual({ className: 'skip', width: '3px', style: 'solid' });
    await page.close();
  });

  it('keeps lines of text to 38 Chinese characters', async () => {
    const page = await browser.current.newPage({ viewport: { width: 1900, height: 900 } });
    await page.goto(`${app.base}/error/404?`);
    const letters = await page.evaluate(() => {
      const text = document.querySelector('.error-page > p:not(.lead)')!;
      return text.getBoundingClientRect().width / parseFloat(getComputedStyle(text).fontSize);
    });
    expect(letters).toBeLessThanOrEqual(38.01);
    await page.close();
  });

  it('counts what is typed and says when it is too much, without cutting it', async () => {
    const page = await browser.current.newPage();
    await page.goto(`${app.base}/office/styleguide`);
    await page.fill('#field-text', '𠮷'.repeat(503));
    expect(await page.textContent('[data-count-of="field-text"]')).toBe('超出 3 字，请精简一些');
    expect(await page.inputValue('#field-text')).toHaveLength(1006);
    await page.close();
  });

  it('switches the elder mode in place', async () => {
    const page = await browser.current.newPage();
    await page.goto(`${app.base}/office/styleguide`);
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
    const before = await size();
    await page.click('[data-elder-switch]:visible');
    expect(await size()).toBeGreaterThan(before);
    expect(await page.textContent('[data-elder-switch]:visible')).toBe('标准版');
    await page.close();
  });
});
