import type { Request, RequestHandler, Response } from 'express';
import { type Message, Refusal } from '../kernel/errors.ts';
import { wantsJson } from './respond.ts';

type Run = (request: Request, response: Response) => Promise<unknown>;
type Again = (request: Request, response: Response, refusal: Refusal) => Promise<unknown> | unknown;

/**
 * The door for a form: does what it asks, and when that is refused shows the same page again with what was
 * typed (`request.body`), one sentence a field (`refusal.fields`) and the right status. Programs get JSON.
 */
export function formAction(run: Run, again: Again): RequestHandler {
  return async (request, response) => {
    try {
      await run(request, response);
    } catch (error) {
      const shown = error instanceof Refusal && ![401, 404].includes(error.status) && !wantsJson(request);
      if (!shown) throw error;
      response.status(error.status);
      if (error.retryAfter !== undefined) response.set('Retry-After', String(error.retryAfter));
      await again(request, response, error);
    }
  };
}

/** What `{{> error-summary errors=errors}}` shows: a sentence a field, or the one sentence of the whole under an empty name. */
export function errorsOf(refusal: Refusal | undefined): Readonly<Record<string, Message>> {
  if (!refusal) return {};
  return Object.keys(refusal.fields).length > 0 ? refusal.fields : { '': refusal.told };
}

/** What was typed into a form, texts only, to fill it again. */
export function typedIn(request: Request): Record<string, string> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
