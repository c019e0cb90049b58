import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { CookieOptions, Response } from 'express';
import { config, secretFor } from '../config.ts';
import { sign, unsign } from '../kernel/sign.ts';

const secure = config.baseUrl.startsWith('https://');

/** The name of a cookie that no other host of the same domain may plant: browsers take it from us alone. */
export const hostCookie = (name: string): string => (secure ? `__Host-${name}` : name);

/** What every cookie of ours has: unreadable for scripts, not sent from other sites, TLS only behind TLS. */
export function cookieOptions(days: number): CookieOptions {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    ...(days > 0 ? { maxAge: days * 86_400_000 } : {}),
  };
}

/** The request's cookies; works for pages and for socket handshakes. */
export function readCookies(request: IncomingMessage): Record<string, string | undefined> {
  return parseCookie(request.headers.cookie ?? '');
}

/** The content of a cookie that nobody else can make. */
export function signedCookie(name: string, value: unknown): string {
  return sign(Buffer.from(JSON.stringify(value)).toString('base64url'), name, secretFor('cookies'));
}

/** Sets a cookie whose content nobody else can make. */
export function setSignedCookie(response: Response, name: string, value: unknown, days: number): void {
  response.cookie(name, signedCookie(name, value), cookieOptions(days));
}

/** Reads a cookie of setSignedCookie(); undefined when absent or forged. */
export function readSignedCookie(request: IncomingMessage, name: string): unknown {
  const text = unsign(readCookies(request)[name] ?? '', name, secretFor('cookies'));
  if (text === undefined) return undefined;
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown;
}
