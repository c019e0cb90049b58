import { z } from 'zod';
import { isId } from '../kernel/id.ts';
import { say } from '../kernel/parse.ts';
import { typedText } from '../kernel/text.ts';
import { reasonLengthMin } from './settings.ts';

/** An identifier made by newId(). */
export const id = z.string(say('errors.required')).refine(isId, say('errors.invalid-value'));

/** A department's identifier. */
export const departmentId = z.string(say('errors.required')).min(1, say('errors.required')).max(40);

/** Which letter, and which version of it the person saw. */
export const whichLetter = { letterId: id, version: z.coerce.number().int().min(0).optional() };

/** A reason that somebody will read. Built at use: its length is a setting. */
export const reason = () => typedText({ min: reasonLengthMin.value(), max: 1000 });

/** A remark that may be empty. */
export const remark = typedText({ min: 0, max: 1000 }).default('');

/** A tick of a form, or true from a program. */
export const tick = z
  .union([z.boolean(), z.string().max(10)])
  .default(false)
  .transform((value) => value === true || ['1', 'on', 'true', 'yes'].includes(String(value)));

/** One or several values of a form's field. */
export const several = <Item extends z.ZodType>(item: Item, max: number) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).max(max),
  );
