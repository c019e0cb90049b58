import { z } from 'zod';
import { invalid, type Message, Refusal } from './errors.ts';

/** A zod message that names a sentence of `locales/`: use as `z.string().min(1, say('errors.required'))`. */
export function say(key: string, params?: Message['params']): string {
  return JSON.stringify(params ? { key, params } : { key });
}

/**
 * Takes what came from outside and its schema; gives the typed value or throws a 422 with one sentence a field.
 * Field names are dotted paths, `files.0.name`; a fault of the whole input stands under an empty name.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: Record<string, Message> = {};
  for (const issue of result.error.issues) fields[issue.path.join('.')] ??= toMessage(issue, input);
  throw invalid(fields);
}

/** Does several checks of one form and throws what all of them found together, so that nobody mends one fault at a time. */
export async function together(checks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const fields: Record<string, Message> = {};
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof Refusal) || Object.keys(error.fields).length === 0) throw error;
      Object.assign(fields, error.fields);
    }
  }
  if (Object.keys(fields).length > 0) throw invalid(fields);
}

/** True when a field of a form was left empty. */
function isEmpty(input: unknown, path: readonly PropertyKey[]): boolean {
  const [name, ...deeper] = path;
  if (name === undefined || deeper.length > 0 || typeof input !== 'object' || input === null) return false;
  return (input as Record<PropertyKey, unknown>)[name] === '';
}

function toMessage(issue: z.core.$ZodIssue, input: unknown): Message {
  if (issue.message.startsWith('{"key":')) {
    const told = JSON.parse(issue.message) as Message;
    // What is chosen cannot be filled in
    return issue.code === 'invalid_value' && told.key === 'errors.required' ? { key: 'errors.choose' } : told;
  }
  switch (issue.code) {
    case 'too_small':
      // An empty field reads as zero
      if (issue.origin === 'number' && isEmpty(input, issue.path)) return { key: 'errors.required' };
      return issue.origin === 'string'
        ? { key: 'errors.too-short', params: { minimum: Number(issue.minimum) } }
        : { key: 'errors.too-small', params: { minimum: Number(issue.minimum) } };
    case 'too_big':
      if (issue.origin === 'array')
        return { key: 'errors.too-many-chosen', params: { maximum: Number(issue.maximum) } };
      return issue.origin === 'string'
        ? { key: 'errors.too-long', params: { maximum: Number(issue.maximum) } }
        : { key: 'errors.too-big', params: { maximum: Number(issue.maximum) } };
    case 'unrecognized_keys':
      return { key: 'errors.unknown-field', params: { names: issue.keys.join(', ') } };
    default:
      return { key: 'errors.invalid-value' };
  }
}
