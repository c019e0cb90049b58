import { z } from 'zod';
import { say } from './parse.ts';

/**
 * One line as it was meant: full width as plain (NFKC), no signs that are not seen, every dash a `-`, every blank a
 * space. Telephones paste `\u202d138 1234 5678\u202c`, Chinese keyboards type `２０２６—０００１２３`.
 */
export const plainLine = (typed: string): string =>
  typed
    .slice(0, 1000)
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\u2800\u3164\uffa0]/gu, (sign) => (/\s/.test(sign) ? ' ' : ''))
    .replace(/[\p{Pd}\u2212\u30fc]+/gu, '-')
    .replace(/\s+/g, ' ')
    .trim();

/** A telephone number as it is kept. */
export const plainTelephone = (typed: string): string => plainLine(typed);

/** An address of e-mail as it is kept: the same wherever it was typed. */
export const plainEmail = (typed: string): string =>
  plainLine(typed).replace(/ /g, '').replace(/[。｡]/g, '.').toLowerCase();

/** A code in letters and digits, as somebody reads it aloud: look-alikes are put right. */
export const plainCode = (typed: string): string =>
  plainLine(typed).toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');

/** The number of a letter 信件编号 in any of the ways people write it, as `2026-000123`; other words stay as they are. */
export function plainLetterNumber(typed: string): string {
  const line = plainLine(typed);
  const [, year, order = ''] = /^\D{0,12}?(\d{4})(?: ?- ?| (?=\d)|(?=\d{6}))(\d{1,9})$/.exec(line) ?? [];
  return year ? `${year}-${order.replace(/^0+(?=\d{6})/, '').padStart(6, '0')}` : line.replace(/ /g, '');
}

/** Schema of a telephone number, or of nothing; an extension may follow. */
export const telephoneField = (wrong: string) =>
  z
    .string()
    .default('')
    .transform(plainTelephone)
    .pipe(z.string().regex(/^(?:\+?[\d() -]{5,20}(?: ?(?:转|分机|ext\.?|x|#) ?\d{1,6})?)?$/i, say(wrong)));

/** Schema of an address of e-mail. */
export const emailField = (wrong: string) =>
  z
    .string(say('errors.required'))
    .transform(plainEmail)
    .pipe(z.email(say(wrong)).max(254));

/** The same, or nothing. */
export const optionalEmailField = (wrong: string) =>
  z
    .string()
    .default('')
    .transform(plainEmail)
    .pipe(z.union([z.literal(''), z.email(say(wrong)).max(254)]));
