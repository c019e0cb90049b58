import { z } from 'zod';
import { say } from './parse.ts';

// Everything that is not seen but changes what is seen: control characters, direction overrides, zero-width blanks.
// Zero-width joiners stay, they hold emoji and some scripts together.
const unseen =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;

/** Marks that are piled on one character beyond what any script needs; they would cover the lines above and below. */
const piled = /(\p{M}{8})\p{M}+/gu;

/** Something that can be seen: neither a blank, a filler, nor a mark that needs a character to stand on. */
const visible = /[^\s\p{Default_Ignorable_Code_Point}\p{M}\p{Cc}\p{Cf}\u2800]/u;

/**
 * Takes what a person typed; gives it without invisible control characters, in composed form, ends trimmed; empty when
 * nothing of it can be seen. The time that it takes grows with the length alone, whatever is typed.
 */
export function cleanText(typed: string): string {
  const text = typed
    .toWellFormed()
    .replace(piled, '$1')
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(unseen, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return visible.test(text) ? text : '';
}

const graphemes = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' });

/** Letters, digits and Chinese characters that stand for themselves: nothing that joins with its neighbour. */
const plain = /^[\n\u0020-\u007e\u2010-\u2027\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uff00-\uff9d]*$/;

/** Number of characters as a person counts them: an emoji or a rare character such as 𠮷 is one. */
export function countCharacters(text: string): number {
  if (plain.test(text)) return text.length;
  let count = 0;
  for (const { segment } of graphemes.segment(text)) count += Math.ceil(segment.length / unitsMost);
  return count;
}

/** A character as seen may be long inside (two kissing people have 15 units); what is longer counts as several. */
const unitsMost = 16;

/** How long a text may be before it is cleaned: four units for each that is seen, and some blanks. */
const rawMost = (characters: number): number => characters * 4 + 200;

/**
 * Schema of a typed text of `min` to `max` characters, cleaned. `line: true` makes it one line.
 * The length is looked at before the text, so that a megabyte costs nothing.
 */
export function typedText(rule: { min: number; max: number; line?: boolean }) {
  const tooLong = say('errors.text-too-long', { maximum: rule.max });
  return z
    .string(say('errors.required'))
    .max(rawMost(rule.max), tooLong)
    .transform((typed) => (rule.line ? cleanText(typed).replace(/\s+/g, ' ') : cleanText(typed)))
    .superRefine((text, context) => {
      const length = countCharacters(text);
      const refuse = (message: string) => context.addIssue({ code: 'custom', message });
      if (length === 0 && rule.min > 0) refuse(say('errors.required'));
      else if (length < rule.min) refuse(say('errors.text-too-short', { minimum: rule.min, length }));
      else if (length > rule.max) refuse(say('errors.text-too-long', { maximum: rule.max, length }));
    });
}
