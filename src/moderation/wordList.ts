import { listSetting } from '../platform/settings.ts';
import { createWordMatcher } from './wordMatcher.ts';

/** Words that are marked for a person to look at 敏感词; nothing is ever deleted or held back for them. */
const wordList = listSetting('moderation.word-list', { default: [], max: 5_000 });

let known: readonly string[] | undefined;
let matcher = createWordMatcher([]);

/** Takes what somebody wrote; gives the listed words it contains, each once, however they were disguised. */
export function markedWords(...texts: readonly string[]): string[] {
  const words = wordList.value();
  if (words !== known) {
    matcher = createWordMatcher(words);
    known = words;
  }
  if (words.length === 0) return [];
  return [...new Set(texts.flatMap((text) => matcher(text).map(({ word }) => word)))];
}
