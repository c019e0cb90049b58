import type { Request, RequestHandler, Response } from 'express';
import { Refusal } from '../kernel/errors.ts';
import { receiveFiles } from '../platform/uploads/receive.ts';
import { formAction } from './form.ts';

type Run = (request: Request, response: Response, fault: Refusal | undefined) => Promise<unknown>;

const isFault = (error: Error): boolean => error instanceof Refusal && error.status === 422;

/**
 * The door for a form with files. `run` is told what was wrong with a file (too large, too many) after the texts and
 * the other files have arrived, so that it can keep those before it refuses.
 */
export function fileForm(
  options: Parameters<typeof receiveFiles>[0],
  run: Run,
  again: Parameters<typeof formAction>[1],
): RequestHandler {
  const take = receiveFiles(options);
  return formAction(async (request, response) => {
    const error = await new Promise<unknown>((resolve) => void take(request, response, resolve));
    if (error instanceof Error && !isFault(error)) throw error;
    await run(request, response, error instanceof Refusal ? error : undefined);
  }, again);
}
