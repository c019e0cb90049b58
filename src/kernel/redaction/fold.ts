/** A text in its plainest characters, with the way back to the places of the original. */
export interface Folded {
  text: string;
  /** Place in the original of each character of `text`, and one more for its end. */
  origin: readonly number[];
}

/**
 * Folds full width, circled and other compatible forms (NFKC) character by character, capital letters, and every
 * kind of dash and blank into one; characters that are not seen are left out.
 */
export function fold(original: string): Folded {
  let text = '';
  const origin: number[] = [];
  let place = 0;
  for (const character of original) {
    const plain = plainOf(character);
    for (let index = 0; index < plain.length; index += 1) origin.push(place);
    text += plain;
    place += character.length;
  }
  origin.push(place);
  return { text, origin };
}

function plainOf(character: string): string {
  if (/[\u00ad\u200b-\u200f\u2060\u202a-\u202e\ufeff]/.test(character)) return '';
  if (/[‐‑‒–—―−－﹣]/.test(character)) return '-';
  if (/\n/.test(character)) return '\n';
  if (/\s/.test(character)) return ' ';
  return character.normalize('NFKC').toUpperCase();
}
