import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Message } from '../kernel/errors.ts';
import { readSignedCookie, setSignedCookie } from './cookies.ts';

const flashCookie = 'wz_flash';
const flashSchema = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** True when a program rather than a person asked. */
export function wantsJson(request: Request): boolean {
  return request.path.startsWith('/api/') || request.accepts(['html', 'json']) === 'json';
}

/** After a form: goes to a page that shows the sentence once. A program gets the sentence's key instead. */
export function redirectWith(response: Response, path: string, told?: Message): void {
  if (wantsJson(response.req)) {
    response.json({ ok: true, location: path, told });
    return;
  }
  if (told) setSignedCookie(response, flashCookie, told, 0);
  response.redirect(303, path);
}

/** Takes the sentence left by redirectWith(), so that it is shown once. */
export function takeFlash(request: Request, response: Response): Message | undefined {
  const read = flashSchema.safeParse(readSignedCookie(request, flashCookie));
  if (!read.success) return undefined;
  response.clearCookie(flashCookie, { path: '/' });
  const { key, params } = read.data;
  return params ? { key, params } : { key };
}

/** A path of our own, or the fallback: nobody is sent elsewhere by a link to us. */
export function localPath(path: unknown, fallback: string): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return fallback;
  return path;
}
