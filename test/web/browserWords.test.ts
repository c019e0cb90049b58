import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { flatWords } from '../../src/platform/language.ts';
import { browserNeeds } from '../../src/web/views/browserNeeds.ts';
import { browserWords } from '../../src/web/views/browserWords.ts';

const entries = [
  'interview',
  'interview-answering',
  'interview-hosting',
  'interview-recording',
  'interview-reviewing',
  'interview-screening',
  'interview-screen',
  'letter',
];

it.each(entries)(
  'the page %s carries the sentences that its scripts can say, not those of settings and forms',
  (entry) => {
    const words = browserWords(['page', entry], 'zh-CN');
    expect(Object.keys(words).filter((key) => /^\w+\.(settings|form|trail|nav|office)\./.test(key))).toEqual([]);
    expect(JSON.stringify(words).length).toBeLessThan(14_000);
  },
);

/** The keys that the partials of a page put together, `(concat 'interview.phases.' phase)`, as `t` is asked for them. */
function joinedKeys(entry: string, language: 'zh-CN' | 'en'): string[] {
  const sources = [...browserNeeds(entry).files].map((file) => readFileSync(file, 'utf8')).join('\n');
  const beginnings = [...sources.matchAll(/concat '([a-z][\w-]*\.[\w.-]*)'/g)].map(([, text = '']) => text);
  const keys = [...flatWords(language).keys()].filter((key) => beginnings.some((text) => key.startsWith(text)));
  return [...new Set(keys.map((key) => key.replace(/_(one|other)$/, '')))];
}

it.each(entries.flatMap((entry) => [[entry, 'zh-CN'] as const, [entry, 'en'] as const]))(
  'the scripts of the page %s find a sentence for every key that is put together, in %s',
  async (entry, language) => {
    const words = JSON.stringify(browserWords(['page', entry], language));
    const page = { documentElement: { lang: language }, getElementById: () => ({ textContent: words }) };
    Object.assign(globalThis, { document: page });
    const { t } = (await import(`../../src/browser/words.ts?page=${entry}-${language}`)) as {
      t: (key: string, params: object) => string;
    };
    const keys = joinedKeys(entry, language);
    if (entry.startsWith('interview-s')) expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => t(key, { count: 2 }) === key)).toEqual([]);
  },
);
