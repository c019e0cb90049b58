import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { checkAccessibility, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { useDemoCity, windowOf } from '../support/demoCity.ts';

const browser = useBrowser();
const app = useDemoCity();

const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 850 };

/** Each page is read out in both languages, widths and colours, in two visits; the other width and elder mode follow. */
const visits = [
  { name: 'a phone in Chinese and light', lang: 'zh-CN', colorScheme: 'light', first: phone, then: desktop },
  { name: 'a computer in English and dark', lang: 'en', colorScheme: 'dark', first: desktop, then: phone },
] as const;

/** Pages by who opens them; `LIVE`, `COMING` and `PAST` stand for interviews of the demo city. */
const pages: Record<string, readonly string[]> = {
  nobody: [
    '/',
    '/interviews',
    '/interviews/LIVE',
    '/interviews/COMING',
    '/interviews/PAST',
    '/sign-in',
    '/office/sign-in',
    '/statistics',
    '/open-data',
    '/no-such-page',
    '/interviews?when=past',
    '/interviews?q=%E6%B0%B4',
    '/interviews/LIVE?list=popular',
    '/interviews/LIVE/screen',
    '/interviews/PAST?view=answers',
    '/interviews/PAST?q=%E5%85%AC%E4%BA%A4',
    '/letters',
    '/letters/new',
    '/letters/track',
    '/letters/LETTER',
  ],
  admin: [
    '/office',
    '/office/account',
    '/office/account/second-factor',
    '/office/departments',
    '/office/departments/new',
    '/office/departments/import',
    '/office/accounts',
    '/office/accounts/new',
    '/office/accounts/import',
    '/office/settings',
    '/office/audit',
    '/office/calendar',
    '/office/outbox',
    '/office/styleguide',
    '/office/mailbox',
    '/office/mailbox/boxes/leader',
    '/office/mailbox/subjects',
    '/office/mailbox/templates',
    '/office/mailbox/boxes/unified',
    '/office/mailbox/boxes/efficiency',
  ],
  clerk: [
    '/office',
    '/office/interviews',
    '/office/interviews/new',
    '/office/interviews/LIVE',
    '/office/interviews/COMING',
    '/office/interviews/COMING/edit',
    '/office/interviews/COMING/material',
    '/office/letters?queue=all',
    '/office/letters/archive',
    '/office/letters/new',
    '/office/letters/import',
    '/office/interviews/PAST',
    '/office/interviews/PAST/checking',
    '/office/letters/LETTER',
  ],
  supervisor: [
    '/office/supervision',
    '/office/supervision/stages',
    '/office/supervision/stages/letters?part=to-do',
    '/office/supervision/figures',
    '/office/supervision/figures/letters?set=late',
    '/office/supervision/resurvey',
    '/office/supervision/topics',
    '/office/letters/LETTER',
  ],
  'water-handler': ['/office', '/office/letters'],
  'water-head': ['/office/supervision', '/office/letters'],
  screener: ['/office/interviews/LIVE/screening'],
  guest: ['/office/interviews/LIVE/answering'],
  recorder: ['/office/interviews/LIVE/recording', '/office/interviews/LIVE/recording/import'],
  host: ['/office/interviews/LIVE/hosting'],
  reviewer: ['/office/interviews/LIVE/reviewing'],
  'transport-head': ['/office/interviews'],
};

const ids: Record<string, string> = {};
beforeAll(async () => {
  const html = await (await fetch(`${app.base}/interviews`)).text();
  const section = (name: string) =>
    new RegExp(`id="${name}"[\\s\\S]*?/interviews/([0-9a-z]{12})"`).exec(html)?.[1] ?? '';
  const letters = await (await fetch(`${app.base}/letters`)).text();
  const letter = /href="\/letters\/(\d{4}-\d{6})"/.exec(letters)?.[1] ?? '';
  Object.assign(ids, { LIVE: section('now'), COMING: section('coming'), PAST: section('past'), LETTER: letter });
});
const addressOf = (path: string) => app.base + path.replace(/LIVE|COMING|PAST|LETTER/, (name) => ids[name] ?? '');

const isElder = (page: Page, elder: boolean) =>
  page.evaluate((on) => document.documentElement.toggleAttribute('data-elder', on), elder);

describe.each(visits)('$name', ({ lang, colorScheme, first, then }) => {
  it.each(Object.keys(pages))(
    'shows %s every page without fault for a screen reader, sideways scrolling or script error',
    async (person) => {
      const options = { viewport: first, colorScheme, isMobile: first === phone, hasTouch: first === phone };
      const context = await windowOf(browser.current, app, person === 'nobody' ? null : person, options);
      await context.addCookies([{ name: 'wz_lang', value: lang, url: app.base }]);
      // One window for all: a new one has to read the scripts of the page and of the check anew
      const page = await context.newPage();
      let errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/404 \(Not Found\)/.test(message.text())) errors.push(message.text());
      });
      for (const path of pages[person] ?? []) {
        errors = [];
        await page.setViewportSize(first);
        const response = await page.goto(addressOf(path));
        expect({ path, status: response?.status() }).toEqual({ path, status: path === '/no-such-page' ? 404 : 200 });
        expect({ path, faults: await checkAccessibility(page) }).toEqual({ path, faults: [] });
        for (const width of [first, then]) {
          await page.setViewportSize(width);
          for (const elder of [false, true]) {
            await isElder(page, elder);
            const look = { path, width: width.width, elder };
            expect({ ...look, overflow: await sidewaysOverflow(page) }).toEqual({ ...look, overflow: 0 });
          }
        }
        expect({ path, errors }).toEqual({ path, errors: [] });
      }
      await context.close();
    },
  );
});
