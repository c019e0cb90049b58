import type { Finding } from '../redaction.ts';

/** How sure it is, 0 to 1, that the characters found are what they look like; `before` are the twelve before them. */
type Judge = (found: string, before: string) => number;

/** Every place of a pattern (flags d and g), its first group that matched when it has one; what is judged 0 is left out. */
export function findAll(text: string, pattern: RegExp, kind: Finding['kind'], judge: Judge): Finding[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [start, end] = match.indices?.slice(1).find(Boolean) ?? match.indices?.[0] ?? [0, 0];
    const confidence = judge(text.slice(start, end), text.slice(Math.max(0, start - 12), start));
    return confidence > 0 ? [{ start, end, kind, confidence }] : [];
  });
}

/** What people put between the digits of one number; the next line may begin between two of them. */
export const gap = '(?:[ .·_,、~/*()-]{0,3}|\\n)';

/** So many digits, each with a gap before it. */
export const digits = (count: string): string => `(?:${gap}\\d){${count}}`;

/** Lengths of the groups a number is written in: `3,4,4`. */
export const groupsOf = (found: string): string =>
  found
    .split(/[^\dX]+/)
    .filter(Boolean)
    .map((group) => group.length)
    .join();

/** A number of another kind stands behind these words: orders, files, invoices, invitations to tender. */
export const otherNumber =
  /(?:订单|单号|编号|流水|受理|工单|案号|文号|合同|发票|快递|运单|信用代码|备案|许可证|票号|批号)[号码]{0,2}[是为:\s]{0,3}$/;
