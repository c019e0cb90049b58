import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, BrowserContextOptions } from 'playwright-core';
import { checkAccessibility, sidewaysOverflow, useBrowser } from '../support/browser.ts';
import { useDemoCity, windowOf } from '../support/demoCity.ts';

const browser = useBrowser();
const app = useDemoCity();

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 850 } };

/** Every mode and width meets every language somewhere; together they see each page four times. */
const looks = [
  { name: 'phone, Chinese, light', lang: 'zh-CN', elder: false, options: { ...phone, colorScheme: 'light' } },
  { name: 'desktop, English, dark', lang: 'en', elder: false, options: { ...desktop, colorScheme: 'dark' } },
  { name: 'phone, English, elder', lang: 'en', elder: true, options: { ...phone, colorScheme: 'light' } },
  {
    name: 'desktop, Chinese, elder and dark',
    lang: 'zh-CN',
    elder: true,
    options: { ...desktop, colorScheme: 'dark' },
  },
] as const;

/** Pages that few people open see each a phone and a desktop once, in different languages. */
const rareLooks = [
  { name: 'phone, Chinese, dark', lang: 'zh-CN', elder: false, options: { ...phone, colorScheme: 'dark' } },
  { name: 'desktop, English, plain', lang: 'en', elder: false, options: { ...desktop, colorScheme: 'light' } },
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
    '/office/mailbox/templates',
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
  ],
  supervisor: [
    '/office/supervision',
    '/office/supervision/stages',
    '/office/supervision/stages/letters?part=to-do',
    '/office/supervision/figures',
    '/office/supervision/figures/letters?set=late',
    '/office/supervision/resurvey',
    '/office/supervision/topics',
  ],
  'water-handler': ['/office', '/office/letters'],
  'water-head': ['/office/supervision', '/office/letters'],
  screener: ['/office/interviews/LIVE/screening'],
  guest: ['/office/interviews/LIVE/answering'],
  recorder: ['/office/interviews/LIVE/recording'],
  host: ['/office/interviews/LIVE/hosting'],
};

/** Opened by few, or only the same page in another state. */
const rarePages: typeof pages = {
  nobody: [
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
  admin: ['/office/mailbox/boxes/unified', '/office/mailbox/boxes/efficiency'],
  clerk: ['/office/interviews/PAST', '/office/interviews/PAST/checking', '/office/letters/LETTER'],
  'transport-head': ['/office/interviews'],
  supervisor: ['/office/supervision/resurvey', '/office/letters/LETTER'],
  reviewer: ['/office/interviews/LIVE/reviewing'],
  recorder: ['/office/interviews/LIVE/recording/import'],
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

const rounds = [
  ...looks.map((look) => ({ ...look, what: 'every page', list: pages })),
  ...rareLooks.map((look) => ({ ...look, what: 'every rare page', list: rarePages })),
];

describe.each(rounds)('$what ($name)', ({ lang, elder, options, list }) => {
  const windows = new Map<string, BrowserContext>();
  afterAll(async () => {
    for (const context of windows.values()) await context.close();
  });

  async function windowFor(person: string): Promise<BrowserContext> {
    const there = windows.get(person);
    if (there) return there;
    const context = await windowOf(browser.current, app, person === 'nobody' ? null : person, options);
    await context.addCookies([
      { name: 'wz_lang', value: lang, url: app.base },
      { name: 'wz_elder', value: elder ? '1' : '0', url: app.base },
    ]);
    windows.set(person, context);
    return context;
  }

  it.each(Object.keys(list))(
    'as seen by %s has no fault for a screen reader, no sideways scrolling and no script error',
    async (person) => {
      const context = await windowFor(person);
      for (const path of list[person] ?? []) {
        const page = await context.newPage();
        const errors: string[] = [];
        page.on('pageerror', (error) => errors.push(error.message));
        page.on('console', (message) => {
          if (message.type() === 'error' && !/404 \(Not Found\)/.test(message.text())) errors.push(message.text());
        });
        const response = await page.goto(addressOf(path));
        expect({ path, status: response?.status() }).toEqual({ path, status: path === '/no-such-page' ? 404 : 200 });
        expect({ path, faults: await checkAccessibility(page) }).toEqual({ path, faults: [] });
        expect({ path, overflow: await sidewaysOverflow(page) }).toEqual({ path, overflow: 0 });
        expect({ path, errors }).toEqual({ path, errors: [] });
        await page.close();
      }
    },
    240_000,
  );
});
