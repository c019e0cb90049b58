import type { Finding } from '../redaction.ts';
import { findAll } from './spans.ts';

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const sign = '[A-HJ-NP-Z\\d]';
const end = '(?:[A-HJ-NP-Z\\d挂学警港澳领使试超]|应急)';
const between = '[ ·.-]{0,2}';

/** Five signs, or six of new-energy vehicles (GA 36-2018), with at most one gap between two of them. */
const body = `(?:[A-HJK][ -]?${sign}[ -]?(?:\\d[ -]?){3}\\d|(?:\\d[ -]?){5}[A-HJK]|(?:${sign}[ -]?){4}${end})[领使]?`;
const whole = new RegExp(`[${provinces}]${between}[A-HJ-NP-Z]${between}${body}(?![A-Z\\d]|\\.\\d|[元万米亩吨])`, 'dg');
const named = new RegExp(
  `(?:车牌|牌照|车号)(?:号码?)?[是为:\\s]{0,3}((?:[A-HJ-NP-Z]${between})?${body})(?![A-Z\\d])`,
  'dg',
);

/** Of embassies (使014·578), of the armed police (WJ京·0123X), of the forces (南A·12345). */
const others = [
  /使\d{3}[ ·.-]?\d{3}(?!\d)/dg,
  new RegExp(`(?<![A-Z])WJ[ ·-]?[${provinces}]?[ ·.-]?(?:\\d[ ·.-]?){4}[A-Z\\d](?![A-Z\\d])`, 'dg'),
  /[军海空沈兰济南广成北][A-HJ-NP-Z]·\d{5}(?!\d)/dg,
];

/** Vehicle plates 车牌 in folded text; at least three digits, and the province only where no word says what it is. */
export function findPlates(text: string): Finding[] {
  const enough = (found: string): boolean => found.replace(/\D/g, '').length >= 3;
  return [
    ...findAll(text, whole, 'plate', (found) => (enough(found) ? (/ /.test(found) ? 0.85 : 0.95) : 0)),
    ...findAll(text, named, 'plate', (found) => (enough(found) ? 0.75 : 0)),
    ...others.flatMap((pattern) => findAll(text, pattern, 'plate', () => 0.8)),
  ];
}
