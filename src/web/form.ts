import type { Request, RequestHandler, Response } from 'express';
import { Refusal } from '../kernel/errors.ts';
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
