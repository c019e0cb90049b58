import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Request, Response } from 'express';
import { readSignedCookie, setSignedCookie } from '../../web/cookies.ts';

const cookie = 'wz_ask';
/** A cookie may have 4 KB; what is longer is kept by the page's own script. */
const bytesMax = 2400;

/** Keeps what a visitor typed while they prove an address on other pages. */
export function keepText(response: Response, interviewId: string, text: string): void {
  const packed = deflateRawSync(Buffer.from(text)).toString('base64url');
  if (text === '' || packed.length > bytesMax) return;
  setSignedCookie(response, cookie, { interviewId, packed }, 0);
}

/** Gives back what was typed for this interview, once; '' when there is nothing. */
export function takeText(request: Request, response: Response, interviewId: string): string {
  const kept = readSignedCookie(request, cookie) as { interviewId?: unknown; packed?: unknown } | undefined;
  if (kept?.interviewId !== interviewId || typeof kept.packed !== 'string') return '';
  response.clearCookie(cookie, { path: '/' });
  try {
    return inflateRawSync(Buffer.from(kept.packed, 'base64url'), { maxOutputLength: 64 * 1024 }).toString();
  } catch {
    return '';
  }
}
