import type { Finding } from '../redaction.ts';
import { digits, findAll, gap, groupsOf, otherNumber } from './spans.ts';

/** Provinces of GB/T 2260: first digit, second digits. */
const provinces = ['11-5', '21-3', '31-7', '41-6', '50-4', '61-5', '71', '81-3'];
/** Foreigners with a permit to stay have a 9 before the first digit of their province. */
const strangers = '91-8';
const areaOf = (list: readonly string[]) =>
  `(?:${list.map((digit) => `${digit[0]}${gap}[${digit.slice(1)}]`).join('|')})`;
const area = areaOf(provinces);

const now18 = new RegExp(`(?<!\\d)${areaOf([...provinces, strangers])}${digits('15')}${gap}(?:\\d(?!\\d)|[X×])`, 'dg');
const old15 = new RegExp(`(?<!\\d)${area}${digits('13')}(?!${gap}\\d)`, 'dg');
const word = /身份证|证件|证号|居留/;

/** Identity card numbers 身份证号 in folded text, of 18 signs and the old ones of 15. */
export function findIdentityCards(text: string): Finding[] {
  return [...findAll(text, now18, 'identity-card', judge18), ...findAll(text, old15, 'identity-card', judge15)];
}

/** GB 11643: 17 digits weighted, modulo 11; a wrong last digit of an otherwise sound number is still proposed. */
function judge18(found: string, before: string): number {
  const plain = found.replace('×', 'X');
  const number = plain.replace(/[^\dX]/g, '');
  if (!isDate(number.slice(6, 14)) || (number.startsWith('9') && otherNumber.test(before))) return 0;
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += Number(number[index]) * (2 ** (17 - index) % 11);
  if ('10X98765432'[sum % 11] === number[17]) return 0.99;
  if (number.startsWith('9')) return word.test(before) ? 0.7 : 0;
  // A slip of the finger behind the word: what is left is still somebody's number
  if (word.test(before) && !otherNumber.test(before)) return 0.92;
  return ['18', '6,8,4'].includes(groupsOf(plain)) ? 0.7 : 0;
}

/** The old form: six digits of place, YYMMDD of the twentieth century, three of order; it has no check digit. */
function judge15(found: string, before: string): number {
  if (!isDate(`19${found.replace(/\D/g, '').slice(6, 12)}`) || otherNumber.test(before)) return 0;
  if (word.test(before)) return 0.95;
  return ['15', '6,6,3'].includes(groupsOf(found)) ? 0.7 : 0;
}

function isDate(text: string): boolean {
  const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  const time = Date.parse(iso);
  return iso >= '1900' && iso < '2100' && !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}
