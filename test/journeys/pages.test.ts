import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { makeAwkward } from '../support/awkwardCity.ts';
import { checkAccessibility, useBrowser } from '../support/browser.ts';
import { useDemoCity, windowOf } from '../support/demoCity.ts';
import { barFaults, foldFaults, largeTextFaults, lookFaults } from '../support/look.ts';
import { findAddresses, pages } from '../support/pages.ts';

const browser = useBrowser();
const app = useDemoCity();
let addressOf: (path: string) => string;
beforeAll(async () => {
  addressOf = await findAddresses(app);
});

const sizes = [
  { width: 360, height: 740 },
  { width: 390, height: 844 },
  { width: 820, height: 1180 },
  { width: 1280, height: 800 },
];

/** The last one goes through a city in which everything is as long as it may be. */
const visits = [
  { name: 'in Chinese and light', lang: 'zh-CN', colorScheme: 'light', phone: true, awkward: false },
  { name: 'in English and dark', lang: 'en', colorScheme: 'dark', phone: false, awkward: false },
  { name: 'in English, everything at its longest', lang: 'en', colorScheme: 'light', phone: true, awkward: true },
] as const;

/** What a person does on a page before it is looked at once more. */
const deeds: Partial<Record<string, (page: Page) => Promise<unknown>>> = {
  '/interviews/LIVE': async (page) => {
    await page.waitForSelector('#connection[data-state="live"]', { state: 'attached' });
    await page.fill('#ask-form textarea', '路面积水什么时候能修好，请问？');
    await page.click('#ask-form button[type="submit"]');
    await page.waitForSelector('.ask-told:not(:empty)');
  },
};

/** Lists that were asked for in full may be as long as they are, and so may the record of an interview. */
const wholeLists = /interviews\/PAST$|queue=all|view=answers|q=|list=|\/material|styleguide/;

const isElder = (page: Page, elder: boolean) =>
  page.evaluate((on) => document.documentElement.toggleAttribute('data-elder', on), elder);

describe.each(visits)('$name', ({ lang, colorScheme, phone, awkward }) => {
  if (awkward) beforeAll(makeAwkward);

  it.each(Object.keys(pages))('every page of %s can be read and used at every width', async (person) => {
    const options = { viewport: sizes[0], colorScheme, isMobile: phone, hasTouch: phone } as const;
    const context = await windowOf(browser.current, app, person === 'nobody' ? null : person, options);
    await context.addCookies([{ name: 'wz_lang', value: lang, url: app.base }]);
    // One window for all: a new one has to read the scripts of the page and of the check anew
    const page = await context.newPage();
    let errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/404 \(Not Found\)/.test(message.text())) errors.push(message.text());
    });
    const found = new Map<string, Set<string>>();
    const note = (path: string, where: string, faults: readonly string[]) => {
      for (const fault of faults) {
        const line = `${path}: ${fault.replaceAll(/\d+ (?=lines of|px wide)/g, '… ')}`;
        found.set(line, (found.get(line) ?? new Set()).add(where));
      }
    };
    for (const path of pages[person] ?? []) {
      errors = [];
      const response = await page.goto(addressOf(path));
      const status = response?.status();
      if (status !== (path === '/no-such-page' ? 404 : 200)) note(path, 'opened', [`answered ${status}`]);
      if (!awkward) note(path, 'accessibility', await checkAccessibility(page));
      for (const size of sizes) {
        await page.setViewportSize(size);
        for (const elder of size.width === 390 || size.width === 820 ? [false] : [false, true]) {
          await isElder(page, elder);
          const where = `${size.width}${elder ? ' elder' : ''}`;
          note(path, where, await lookFaults(page, { wholeList: elder || wholeLists.test(path) }));
        }
        await isElder(page, false);
        if (size.width !== 390) note(path, `${size.width} unfolded`, await foldFaults(page));
        if (size.width === 390 && person === 'nobody' && lang === 'zh-CN') {
          note(path, '390 with text twice as large', await largeTextFaults(page));
        }
        if (size.width === 360 || size.width === 1280) note(path, `${size.width} writing`, await barFaults(page));
      }
      if (deeds[path]) {
        await deeds[path](page);
        for (const size of sizes) {
          await page.setViewportSize(size);
          note(path, `${size.width} done`, [...(await lookFaults(page)), ...(await barFaults(page))]);
        }
      }
      note(path, 'scripts', errors);
    }
    await context.close();
    expect([...found].map(([line, where]) => `${line} (${[...where].join(', ')})`)).toEqual([]);
  });
});
