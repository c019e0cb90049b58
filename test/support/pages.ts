import type { RunningApp } from './app.ts';

/** Pages by who opens them; `LIVE`, `COMING`, `PAST` and `LETTER` stand for interviews and a letter of the demo city. */
export const pages: Record<string, readonly string[]> = {
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

/** Finds what the words in capitals stand for; gives the address of a page. */
export async function findAddresses(app: RunningApp): Promise<(path: string) => string> {
  const html = await (await fetch(`${app.base}/interviews`)).text();
  const section = (name: string) =>
    new RegExp(`id="${name}"[\\s\\S]*?/interviews/([0-9a-z]{12})"`).exec(html)?.[1] ?? '';
  const letters = await (await fetch(`${app.base}/letters`)).text();
  const letter = /href="\/letters\/(\d{4}-\d{6})"/.exec(letters)?.[1] ?? '';
  const ids: Record<string, string> = {
    LIVE: section('now'),
    COMING: section('coming'),
    PAST: section('past'),
    LETTER: letter,
  };
  return (path) => app.base + path.replace(/LIVE|COMING|PAST|LETTER/, (name) => ids[name] ?? '');
}
