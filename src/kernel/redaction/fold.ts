import { simplified } from './traditional.ts';

/** A text in its plainest characters, with the way back to the places of the original. */
export interface Folded {
  text: string;
  /** Place in the original of each character of `text`, and one more for its end. */
  origin: readonly number[];
}

/**
 * Folds full width, circled and other compatible forms (NFKC) character by character, capital letters, traditional
 * characters that matter to the finders, and every kind of dash, dot and blank into one; marks above and below a
 * character and what is not seen are left out.
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

/** Stands for every rare Chinese character (𬍛 㛃 𠮷), so that the patterns need to know one range only. */
const rare = '\u9fff';

function plainOf(character: string): string {
  if (character >= '\u4e00' && character <= '\u9fff') return simplified(character);
  if (character === ' ') return character;
  if (character >= '!' && character <= '~') return character.toUpperCase();
  if (/\p{M}|\p{Cf}|[\u115f\u1160\u2800\u3164\uffa0]/u.test(character)) return '';
  if (/[‐‑‒–—―−－﹣]/.test(character)) return '-';
  if (/[•・･‧∙⋅●]/.test(character)) return '·';
  if (character === '\n') return '\n';
  if (/\s/.test(character)) return ' ';
  const plain = character.normalize('NFKC').toUpperCase();
  if (/^[\u4e00-\u9fff]$/.test(plain)) return simplified(plain);
  return /^\p{Script=Han}$/u.test(plain) && plain !== '〇' ? rare : (digitOf(plain) ?? plain);
}

/** Digits of other scripts, and those in black and double circles, which NFKC leaves alone. */
function digitOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return undefined;
  if (code === 0x24ff) return '0';
  for (const first of [0x24f5, 0x2776, 0x2780, 0x278a])
    if (code >= first && code < first + 10) return String(code - first + 1);
  if (!/^\p{Nd}$/u.test(character)) return undefined;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
