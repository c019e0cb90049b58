import { foldText } from './fold.ts';

/** A piece of a text; `hit` when it is one of the words that were searched for. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** The words of a search, folded: blanks separate them, and all must be there. */
export function searchWords(query: string): string[] {
  return [
    ...new Set(
      foldText(query)
        .split(' ')
        .filter((word) => word !== ''),
    ),
  ].slice(0, 8);
}

/** True when every word stands in one of the texts; without words everything fits. */
export function fits(words: readonly string[], texts: readonly string[]): boolean {
  if (words.length === 0) return true;
  const folded = foldText(texts.join('\n'));
  return words.every((word) => folded.includes(word));
}

/** Cuts a text where the words stand in it, however they are written there (full width, traditional, capital). */
export function markWords(text: string, words: readonly string[]): Piece[] {
  if (words.length === 0) return [{ text, hit: false }];
  const characters = [...text];
  const places: number[] = []; // of each folded unit: which character it came from
  let folded = '';
  characters.forEach((character, index) => {
    const plain = foldText(character);
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) places.push(index);
  });
  const hit = new Set<number>();
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      for (let unit = at; unit < at + word.length; unit += 1) hit.add(places[unit] ?? 0);
    }
  }
  const pieces: Piece[] = [];
  characters.forEach((character, index) => {
    const last = pieces.at(-1);
    if (last?.hit === hit.has(index)) last.text += character;
    else pieces.push({ text: character, hit: hit.has(index) });
  });
  return pieces;
}

/** A part of a text around the first place where a word of the search stands; its beginning where none does. */
export function excerpt(text: string, words: readonly string[], length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const pieces = markWords(text, words);
  const first = pieces.findIndex(({ hit }) => hit);
  const at =
    first < 1
      ? 0
      : [
          ...pieces
            .slice(0, first)
            .map((piece) => piece.text)
            .join(''),
        ].length;
  const from = at + 8 < length ? 0 : Math.min(at - Math.floor(length / 4), characters.length - length);
  const cut = characters.slice(from, from + length).join('');
  return `${from > 0 ? '…' : ''}${cut}${from + length < characters.length ? '…' : ''}`;
}
