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

const figures = '零〇OО幺一二三四五六七八九';
const values = '00001123456789';
const formal = '壹贰叁肆伍陆柒捌玖';

/** The same places with Chinese figures as digits (幺三八 → 138): how some write a number that is not to be found. */
export function inDigits(folded: string): string {
  return folded.replace(/[零〇OО幺一二三四五六七八九壹贰叁肆伍陆柒捌玖]/g, (figure) => {
    const place = figures.indexOf(figure);
    return place < 0 ? String(formal.indexOf(figure) + 1) : (values[place] ?? figure);
  });
}

function plainOf(character: string): string {
  if ((character >= '\u4e00' && character <= '\u9fff') || character === ' ') return character;
  if (character >= '!' && character <= '~') return character.toUpperCase();
  if (/[\u00ad\u200b-\u200f\u2060\u202a-\u202e\ufeff]/.test(character)) return '';
  if (/[‐‑‒–—―−－﹣]/.test(character)) return '-';
  if (/\n/.test(character)) return '\n';
  if (/\s/.test(character)) return ' ';
  return character.normalize('NFKC').toUpperCase();
}
