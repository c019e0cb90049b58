import { z } from 'zod';
import { isId } from '../kernel/id.ts';
import { say } from '../kernel/parse.ts';

/** An identifier made by newId(). */
export const id = z.string(say('errors.required')).refine(isId, say('errors.invalid-value'));

/** The key a form was given, so that sending it twice does it once. */
export const formKey = z.string(say('errors.required')).regex(/^[\w-]{8,40}$/, say('errors.invalid-value'));

/** How often a thing was saved when the page was drawn: the later of two saves is told. */
export const version = z.coerce.number().int().min(0);

/** A check box of a form: true when it was ticked. */
export const ticked = z
  .union([z.boolean(), z.enum(['', 'on', 'true', 'false', '1'])])
  .default(false)
  .transform((value) => value === true || value === 'on' || value === 'true' || value === '1');
