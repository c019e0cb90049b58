import { Router } from 'express';
import { now } from '../kernel/time.ts';
import { translate } from '../platform/language.ts';
import type { Language } from '../kernel/language.ts';

type Say = (key: string, params?: Record<string, unknown>) => string;

const tones = ['waiting', 'active', 'done', 'stopped', 'live', 'overdue', 'yellow-card', 'red-card'] as const;
const colours = ['paper', 'paper-grey', 'ink', 'ink-soft', 'rule', 'sea', 'vermilion'] as const;
const fault = { key: 'errors.required' };
const minutesAgo = (minutes: number) => new Date(now().getTime() - minutes * 60_000);

function lists(say: Say) {
  const departments = ['transport', 'housing', 'water'].map((value) => ({ value, label: say(`departments.${value}`) }));
  return {
    tones: tones.map((tone) => ({ tone, text: say(`tones.${tone}`) })),
    colours: colours.map((colour) => ({ colour, text: say(`colours.${colour}`) })),
    departments,
    kinds: ['ask', 'suggest'].map((value) => ({
      value,
      label: say(`kinds.${value}`),
      hint: say(`kinds.${value}-hint`),
    })),
    crumbs: [
      { href: '/office', text: say('crumbs.office') },
      { href: '/office/styleguide', text: say('title') },
      { text: say('crumbs.here') },
    ],
    tabs: ['supported', 'newest', 'answered'].map((name, index) => ({
      href: `#tab-${name}`,
      text: say(`tabs.${name}`),
      current: index === 0,
      count: [128, 1034, 46][index],
    })),
    facts: ['topic', 'guests', 'place'].map((name) => ({
      term: say(`facts.${name}`),
      text: say(`facts.${name}-text`),
    })),
    keys: ['publish', 'edit', 'reject'].map((name) => ({ key: say(`keys.${name}-key`), text: say(`keys.${name}`) })),
    columns: [
      { label: say('table.department') },
      { label: say('table.asked'), numeric: true },
      { label: say('table.answered'), numeric: true },
      { label: say('table.state') },
    ],
    rows: departments.map(({ label }, index) => ({
      href: '#table',
      cells: [label, ['1,204', '986', '77'][index], ['1,198', '951', '77'][index], say(`tones.${tones[index]}`)],
    })),
  };
}

function records(say: Say) {
  return {
    trail: [
      { text: say('trail.received'), at: minutesAgo(2 * 24 * 60), who: say('trail.asker') },
      { text: say('trail.published'), at: minutesAgo(26 * 60), who: say('trail.screener'), note: say('trail.note') },
      { text: say('trail.answering'), at: minutesAgo(3), current: true },
      { text: say('trail.answered'), ahead: true },
    ],
    questions: [1, 2, 3].map((number) => ({
      href: '#rows',
      title: say(`questions.${number}`),
      asker: say(`questions.asker-${number}`),
      at: minutesAgo(number * 17 - 14),
      support: [1286, 412, 97][number - 1],
      tone: (['live', 'active', 'done'] as const)[number - 1],
      text: say(`questions.state-${number}`),
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
  const say: Say = (key, params) => translate(language, `styleguide.${key}`, params);
  response.render('styleguide', { layout: 'office', title: say('title'), ...lists(say), ...records(say) });
});
