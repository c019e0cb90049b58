import { Router } from 'express';
import { now } from '../kernel/time.ts';
import { translate } from '../platform/language.ts';
import type { Language } from '../kernel/language.ts';

type Word = (key: string, params?: Record<string, unknown>) => string;

const tones = ['waiting', 'active', 'done', 'stopped', 'live', 'overdue', 'yellow-card', 'red-card'] as const;
const colours = ['paper', 'paper-grey', 'ink', 'ink-soft', 'rule', 'sea', 'vermilion'] as const;
const fault = { key: 'errors.required' };
const minutesAgo = (minutes: number) => new Date(now().getTime() - minutes * 60_000);

function lists(word: Word) {
  const departments = ['transport', 'housing', 'water'].map((value) => ({
    value,
    label: word(`departments.${value}`),
  }));
  return {
    tones: tones.map((tone) => ({ tone, text: word(`tones.${tone}`) })),
    colours: colours.map((colour) => ({ colour, text: word(`colours.${colour}`) })),
    departments,
    kinds: ['ask', 'suggest'].map((value) => ({
      value,
      label: word(`kinds.${value}`),
      hint: word(`kinds.${value}-hint`),
    })),
    crumbs: [
      { href: '/office', text: word('crumbs.office') },
      { href: '/office/styleguide', text: word('title') },
      { text: word('crumbs.here') },
    ],
    tabs: ['supported', 'newest', 'answered'].map((name, index) => ({
      href: `#tab-${name}`,
      text: word(`tabs.${name}`),
      current: index === 0,
      count: [128, 1034, 46][index],
    })),
    facts: ['topic', 'guests', 'place'].map((name) => ({
      term: word(`facts.${name}`),
      text: word(`facts.${name}-text`),
    })),
    keys: ['publish', 'edit', 'reject'].map((name) => ({ key: word(`keys.${name}-key`), text: word(`keys.${name}`) })),
    columns: [
      { label: word('table.department') },
      { label: word('table.asked'), numeric: true },
      { label: word('table.answered'), numeric: true },
      { label: word('table.state') },
    ],
    rows: departments.map(({ label }, index) => ({
      href: '#table',
      cells: [label, ['1,204', '986', '77'][index], ['1,198', '951', '77'][index], word(`tones.${tones[index]}`)],
    })),
  };
}

function records(word: Word) {
  return {
    trail: [
      { text: word('trail.received'), at: minutesAgo(2 * 24 * 60), who: word('trail.asker') },
      { text: word('trail.published'), at: minutesAgo(26 * 60), who: word('trail.screener'), note: word('trail.note') },
      { text: word('trail.answering'), at: minutesAgo(3), current: true },
      { text: word('trail.answered'), ahead: true },
    ],
    questions: [1, 2, 3].map((number) => ({
      href: '#rows',
      title: word(`questions.${number}`),
      asker: word(`questions.asker-${number}`),
      at: minutesAgo(number * 17 - 14),
      support: [1286, 412, 97][number - 1],
      tone: (['live', 'active', 'done'] as const)[number - 1],
      text: word(`questions.state-${number}`),
    })),
    moments: [0, 3, 60 * 9, 60 * 26, 60 * 24 * 40, 60 * 24 * 500, -25, -60 * 26].map(minutesAgo),
    errors: { title: fault, '': { key: 'errors.conflict' } },
    fault,
    hostile: 'שלום \u202Egnorts\u202C <script>alert(1)</script> 𠮷 😀\n2. & "…"',
  };
}

/** Everything the pages are made of, with every state, for those who build pages: /office/styleguide. */
export const styleguide = Router();

styleguide.get('/styleguide', (_request, response) => {
  const language = response.locals.language as Language;
  const word: Word = (key, params) => translate(language, `styleguide.${key}`, params);
  response.render('styleguide', { layout: 'office', title: word('title'), ...lists(word), ...records(word) });
});
