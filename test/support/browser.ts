import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildPages } from '../../src/build.ts';
import { patience } from './until.ts';

/** The shell without windows first: the whole browser draws its own bars and menus in every window, unseen. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const axeSource = `${readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')};undefined`;

/** Starts the one Chromium of a test file; close it when done. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath =
    process.env['CHROMIUM'] ?? names.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path));
  if (!executablePath) throw new Error('No Chromium found: install it (apt-get install chromium) or set CHROMIUM');
  const browser = await chromium.launch({ executablePath, args: flags, timeout: patience });
  browser.on('context', (context) => context.setDefaultTimeout(patience));
  return browser;
}

/** Chromium, and freshly built scripts and styles, for all tests of a file; use `browser.current` inside tests. */
export function useBrowser(): { readonly current: Browser } {
  const holder = {} as { current: Browser };
  beforeAll(async () => {
    await buildPages();
    holder.current = await launchBrowser();
  });
  afterAll(async () => holder.current.close());
  return holder;
}

/**
 * Gives what WCAG 2.2 AA finds wrong on a page, one line a fault; an empty list is the aim.
 * Runs through evaluate, which a strict content security policy does not hinder.
 */
export async function checkAccessibility(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    // Only the lines leave the page: the whole result is megabytes, which took longer to carry than to find
    const { violations } = await axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        (node) => `${id}: ${node.target.join(' ')} — ${node.failureSummary?.split('\n').slice(1, 3).join(' ') ?? ''}`,
      ),
    );
  });
}

/** Gives how many pixels a page is wider than its window; sideways scrolling is a fault on a phone. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** Gives what is too small to hit with a thumb: interactive elements under 24 px (WCAG 2.2) outside running text. */
export async function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((size) => {
    const parts = document.querySelectorAll<HTMLElement>(
      '.button, .input, .links a, .plain-button, .tabs a, .choice, .pager a',
    );
    return [...parts]
      .map((part) => ({ part, box: part.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.height < size)
      .map(
        ({ part, box }) => `${part.className || part.tagName} “${part.textContent?.trim().slice(0, 20)}” ${box.height}`,
      );
  }, least);
}

/** Clicks what sends a form or follows a link, and waits for the page that answers. */
export async function press(page: Page, selector: string): Promise<void> {
  const answered = page.waitForEvent('domcontentloaded');
  await page.click(selector);
  await answered;
}
