import { readFileSync } from 'node:fs';
import type { Language } from '../../kernel/language.ts';
import { flatWords } from '../../platform/language.ts';
import { browserNeeds } from './browserNeeds.ts';
import { isMentioned, mentionsIn } from './mentions.ts';

const known = new Map<string, Readonly<Record<string, string>>>();

/** Gives the sentences that the scripts of a page can say, and no others; worked out once. */
export function browserWords(entries: readonly string[], language: Language): Readonly<Record<string, string>> {
  const name = `${language} ${entries.join(' ')}`;
  const earlier = known.get(name);
  if (earlier) return earlier;
  const files = entries.flatMap((entry) => [...browserNeeds(entry).files]);
  const mentions = mentionsIn(files.map((file) => readFileSync(file, 'utf8')).join('\n'));
  const words = Object.fromEntries([...flatWords(language)].filter(([key]) => isMentioned(key, mentions)));
  known.set(name, words);
  return words;
}
