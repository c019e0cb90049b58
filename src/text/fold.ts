import { Converter } from 'opencc-js/t2cn';

const simplify = Converter({ from: 't', to: 'cn' });
const known = new Map<string, string>();

/**
 * One character in its plainest form: NFKC (full width, circled), small letters, traditional → simplified.
 * Empty for characters that are not seen; every blank and line end is a space.
 */
export function foldCharacter(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const folded = foldAnew(character);
  if (known.size < 60_000) known.set(character, folded);
  return folded;
}

/** Radicals for the characters they look like: what is copied out of a PDF has them, ⺠ for 民. NFKC leaves these alone. */
const radicals = new Map(
  [
    ...'⺠民⻁虎⻄西⻅见⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⺝月⺟母⺩王',
  ].flatMap((sign, place, all) => (place % 2 === 0 ? [[sign, all[place + 1] ?? ''] as const] : [])),
);

function foldAnew(character: string): string {
  if (/[\s\p{Cc}]/u.test(character) && character !== '\ufeff') return ' ';
  if (/\p{Cf}|\p{Mn}|\ufeff/u.test(character)) return '';
  return radicals.get(character) ?? simplify(character.normalize('NFKC').toLowerCase());
}

/** A whole text so folded. Meant for comparing, never for showing. */
export function foldText(text: string): string {
  let folded = '';
  for (const character of text) folded += foldCharacter(character);
  return folded;
}
