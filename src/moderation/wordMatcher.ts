import { foldCharacter } from '../text/index.ts';

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

/** Signs that are written for others that look alike: Cyrillic and Greek letters, digits inside words. */
const lookalikes = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    ѕ: 's',
    т: 't',
    у: 'y',
    х: 'x',
    α: 'a',
    β: 'b',
    ε: 'e',
    η: 'n',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    ı: 'i',
    〇: '零',
    '○': '零',
    '◯': '零',
  }),
);

/**
 * A matcher for word lists 敏感词 (Aho–Corasick): one pass whatever the length of the list. It flags and never
 * deletes. Blanks and signs between letters, full width, traditional characters and look-alikes do not hide a word;
 * whether a hit matters is for a person to say.
 */
export function createWordMatcher(words: Iterable<string>): (text: string) => WordHit[] {
  const list = [...new Set(words)].map((word) => ({ word, letters: plain(word).map(({ letter }) => letter) }));
  const usable = list.filter(({ letters }) => letters.length > 0);
  const root = build(usable.map(({ letters }) => letters));
  return (text) => {
    const hits: WordHit[] = [];
    const signs = plain(text);
    let state = root;
    for (const [index, { letter, end }] of signs.entries()) {
      state = advance(state, letter, root);
      for (const number of state.ends) {
        const entry = usable[number];
        const first = entry && signs[index - entry.letters.length + 1];
        if (entry && first && standsAlone(entry.letters, text, first.start, end)) {
          hits.push({ word: entry.word, start: first.start, end });
        }
      }
    }
    return hits.sort((one, other) => one.start - other.start || other.end - one.end);
  };
}

/** Latin words must not be a part of a longer one: `ass` is not in `class`. */
function standsAlone(letters: readonly string[], text: string, start: number, end: number): boolean {
  const latin = /^[a-z]$/;
  if (!latin.test(letters[0] ?? '') || !latin.test(letters.at(-1) ?? '')) return true;
  const before = foldCharacter(text.slice(0, start).at(-1) ?? ' ');
  const after = foldCharacter(text.slice(end, end + 1) || ' ');
  return !latin.test(before) && !latin.test(after);
}

/** The letters of a text that count, with their places; signs and blanks are passed over. */
function plain(text: string): { letter: string; start: number; end: number }[] {
  const letters: { letter: string; start: number; end: number }[] = [];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    for (const folded of lookalikes.get(character.toLowerCase()) ?? foldCharacter(character)) {
      if (/[\p{L}\p{N}]/u.test(folded)) letters.push({ letter: lookalikes.get(folded) ?? folded, start, end });
    }
    start = end;
  }
  return letters;
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
