import type { Finding } from '../redaction.ts';

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const pattern = new RegExp(
  `[${provinces}][A-HJ-NP-Z][ ·.-]{0,2}((?:[A-HJK]\\d[A-HJ-NP-Z\\d]{4}|[A-HJK][A-HJ-NP-Z]\\d{4}|\\d{5}[A-HJK])|[A-HJ-NP-Z\\d]{4}[A-HJ-NP-Z\\d挂学警港澳])(?![A-Z\\d])`,
  'g',
);

/** Vehicle plates 车牌 in folded text: five signs, or six of new-energy vehicles (GA 36-2018); at least three digits. */
export function findPlates(text: string): Finding[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const count = (match[1] ?? '').replace(/\D/g, '').length;
    if (count < 3) return [];
    const start = match.index;
    return [{ start, end: start + match[0].length, kind: 'plate' as const, confidence: 0.95 }];
  });
}
