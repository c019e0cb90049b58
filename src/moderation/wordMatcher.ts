import { foldCharacter } from '../text/index.ts';
import { insteadOfLetters, isRead, lookalikeOf } from './lookalikes.ts';

/** A listed word found in a text; places are of the original text in UTF-16 units, `end` not included. */
export interface WordHit {
  word: string;
  start: number;
  end: number;
}

interface State {
  next: Map<string, State>;
  fail: State | null;
  /** Numbers of the words that end here, those of shorter suffixes included. */
  ends: number[];
}

/** A letter that counts, with its place in the text. */
interface Sign {
  letter: string;
  start: number;
  end: number;
}
type Find = (signs: readonly Sign[]) => WordHit[];

/**
 * A matcher for word lists 敏感词 (Aho–Corasick): one pass whatever the length of the list. It flags and never
 * deletes. Blanks and signs between letters, full width, traditional characters, look-alikes, numerals in their other
 * forms and digits for letters do not hide a word; whether a hit matters is for a person to say.
 */
export function createWordMatcher(words: Iterable<string>): (text: string) => WordHit[] {
  const list = [...new Set(words)].map((word) => ({ word, letters: plain(word).map(({ letter }) => letter) }));
  const find = finderOf(list.filter(({ letters }) => letters.length > 0));
  const findDisguised = finderOf(list.filter(({ letters }) => letters.length > 3 && letters.every(isLatin)));
  return (text) => {
    const signs = plain(text);
    const hits = find(signs);
    if (/[0-9０-９!！|｜@＠$＄]/.test(text) && signs.some(({ letter }) => isLatin(letter))) {
      const known = new Set(hits.map(keyOf));
      const more = insteadOfLetters.flatMap((letters) => findDisguised(plain(text, letters)));
      hits.push(...more.filter((hit) => !known.has(keyOf(hit)) && known.add(keyOf(hit))));
    }
    return hits.sort((one, other) => one.start - other.start || other.end - one.end);
  };
}

const keyOf = ({ word, start }: WordHit) => `${start} ${word}`;
const isLatin = (letter: string | undefined): boolean => letter !== undefined && /^[a-z]$/.test(letter);

function finderOf(list: readonly { word: string; letters: string[] }[]): Find {
  const root = build(list.map(({ letters }) => letters));
  return (signs) => {
    const hits: WordHit[] = [];
    let state = root;
    for (const [index, { letter, end }] of signs.entries()) {
      state = advance(state, letter, root);
      for (const number of state.ends) {
        const entry = list[number];
        const from = index - (entry?.letters.length ?? 0) + 1;
        const first = signs[from];
        if (entry && first && standsAlone(signs, from, index)) hits.push({ word: entry.word, start: first.start, end });
      }
    }
    return hits;
  };
}

/** Latin words must not be a part of a longer one: `ass` is not in `class`. */
function standsAlone(signs: readonly Sign[], from: number, to: number): boolean {
  const [before, first, last, after] = [signs[from - 1], signs[from], signs[to], signs[to + 1]];
  if (!isLatin(first?.letter) || !isLatin(last?.letter)) return true;
  const joined = (one: Sign | undefined, other: Sign | undefined) =>
    one !== undefined && one.end === other?.start && isLatin(one.letter) && isLatin(other.letter);
  return !joined(before, first) && !joined(last, after);
}

/** The letters of a text that count; with `instead`, digits and signs inside Latin words are the letters they stand for. */
function plain(text: string, instead?: ReadonlyMap<string, string>): Sign[] {
  const letters: Sign[] = [];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    const letter = instead?.get(character.normalize('NFKC'));
    if (letter && besideLetters(text, start, end)) letters.push({ letter, start, end });
    else for (const one of readingOf(character)) letters.push({ letter: one, start, end });
    start = end;
  }
  return letters;
}

/** A digit may stand for a letter anywhere, another sign only before more of the word: a cry ends with one. */
const besideLetters = (text: string, start: number, end: number): boolean =>
  /\p{N}/u.test(text.slice(start, end)) || /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2));

const readings = new Map<string, readonly string[]>();

/** What a character is read as: no letter, one, or several. */
function readingOf(character: string): readonly string[] {
  const known = readings.get(character);
  if (known) return known;
  const reading: string[] = [];
  for (const folded of lookalikeOf(character) ?? foldCharacter(character)) {
    // An accent does not make another letter of a Latin, Greek or Cyrillic one
    const [bare = folded] = /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]/u.test(folded)
      ? folded.normalize('NFD')
      : [folded];
    if (isRead(bare)) reading.push(lookalikeOf(bare) ?? bare);
  }
  if (readings.size < 60_000) readings.set(character, reading);
  return reading;
}

function build(words: readonly (readonly string[])[]): State {
  const state = (): State => ({ next: new Map(), fail: null, ends: [] });
  const root = state();
  for (const [number, letters] of words.entries()) {
    let current = root;
    for (const letter of letters) {
      let next = current.next.get(letter);
      if (!next) current.next.set(letter, (next = state()));
      current = next;
    }
    current.ends.push(number);
  }
  const queue = [root];
  for (const current of queue) {
    for (const [letter, next] of current.next) {
      next.fail = current === root ? root : advance(current.fail ?? root, letter, root);
      next.ends.push(...next.fail.ends);
      queue.push(next);
    }
  }
  return root;
}

function advance(from: State, letter: string, root: State): State {
  let state: State | null = from;
  while (state && !state.next.has(letter)) state = state.fail;
  return state?.next.get(letter) ?? root;
}
