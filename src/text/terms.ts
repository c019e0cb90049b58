import { foldCharacter, foldText } from './fold.ts';

const kinds = { parts: 1, chinese: 2, other: 3, unseen: 4 };
const kindOfUnit = new Uint8Array(65_536); // 0: not looked at yet
const plainUnit = new Uint16Array(65_536); // the folded Chinese character
/** Chinese characters begin here, so a pair of them is never below this number times 65,536. */
const firstChinese = 0x2e80;

/**
 * The terms of a text for comparing, each with how often it occurs: overlapping pairs of Chinese characters, whole
 * words of other scripts. A term is a 32-bit number that means the same in every process; two rare words may share
 * one. Signs and blanks part terms.
 */
export function termsOf(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  let previous = 0;
  let word = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const kind = kindOfUnit[unit] || look(unit);
    if (kind === kinds.unseen) continue;
    if (kind === kinds.other) {
      word += foldCharacter(text[index] ?? '');
      previous = 0;
      continue;
    }
    if (word) {
      countWord(counts, word);
      word = '';
    }
    const plain = kind === kinds.chinese ? (plainUnit[unit] ?? 0) : 0;
    if (plain && previous) {
      const term = (previous << 16) | plain;
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    previous = plain;
  }
  if (word) countWord(counts, word);
  return counts;
}

function countWord(counts: Map<number, number>, word: string): void {
  if (word.length < 2) return;
  const term = wordTerm(word.slice(0, 24));
  counts.set(term, (counts.get(term) ?? 0) + 1);
}

/** FNV-1a, brought below the pairs of Chinese characters. */
function wordTerm(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return ((hash >>> 0) % (firstChinese * 65_536 - 1)) + 1;
}

/** Looks at a character for the first time. Halves of rare characters 𠮷 go together as two letters of their own. */
function look(unit: number): number {
  const half = unit >= 0xd800 && unit < 0xe000;
  const folded = half ? String.fromCharCode(unit) : foldCharacter(String.fromCharCode(unit));
  const first = [...folded][0] ?? '';
  let kind = kinds.parts;
  if (!first) kind = kinds.unseen;
  else if (half || /\p{Script=Han}/u.test(first)) kind = kinds.chinese;
  else if (/[\p{L}\p{N}]/u.test(first)) kind = kinds.other;
  // A character that folds into a rare one keeps its own number: half of a pair would stand for many
  if (kind === kinds.chinese) plainUnit[unit] = first.length === 1 ? first.charCodeAt(0) : unit;
  kindOfUnit[unit] = kind;
  return kind;
}

/**
 * Single characters as terms, for titles and for searches of one character: every Chinese character and every word
 * of one letter or digit; with `lonely` only those that stand by themselves, which termsOf() leaves out.
 */
export function singlesOf(text: string, lonely = false): number[] {
  const singles = new Set<number>();
  for (const run of foldText(text).match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []) {
    const isHan = /\p{Script=Han}/u.test(run);
    if (run.length === 1 || (isHan && !lonely))
      for (const one of run) if (one.length === 1) singles.add(one.charCodeAt(0));
  }
  return [...singles];
}

const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

/** The words of a text in reading order, folded; for search and word clouds rather than for comparing. */
export function wordsOf(text: string): string[] {
  return [...segmenter.segment(foldText(text))].filter((one) => one.isWordLike).map((one) => one.segment);
}

/** How far two texts share their terms: 0 nothing, 1 the same (weighted Jaccard 相似度). For near-duplicates. */
export function resemblance(one: string, other: string): number {
  const [left, right] = [termsOf(one), termsOf(other)];
  let [shared, all] = [0, 0];
  for (const [term, count] of left) {
    shared += Math.min(count, right.get(term) ?? 0);
    all += Math.max(count, right.get(term) ?? 0);
  }
  for (const [term, count] of right) if (!left.has(term)) all += count;
  return all ? shared / all : 0;
}
