import { doubleCsrf } from 'csrf-csrf';
import type { Request, RequestHandler, Response } from 'express';
import { config, secretFor } from '../config.ts';
import { forbidden, formExpired, type Refusal, unauthenticated } from '../kernel/errors.ts';
import { cookieOptions, hostCookie } from './cookies.ts';
import { isInOffice } from './errorPage.ts';

/** A form carries its token as a field, a script as a header. Never the address: addresses are logged and handed on. */
function tokenOf(request: Request): string | undefined {
  const inHeader = request.headers['x-csrf-token'];
  if (inHeader !== undefined) return inHeader;
  const token = (request.body as Record<string, unknown> | undefined)?.['_csrf'];
  return typeof token === 'string' ? token : undefined;
}

const { generateCsrfToken, validateRequest } = doubleCsrf({
  getSecret: () => secretFor('csrf'),
  getSessionIdentifier: (request) => `${request.device.id}:${request.session.personId ?? ''}`,
  cookieName: hostCookie('wz_csrf'),
  cookieOptions: cookieOptions(0),
  getCsrfTokenFromRequest: tokenOf,
});

/** The token for the forms of this answer. */
export function csrfToken(request: Request, response: Response): string {
  return generateCsrfToken(request, response);
}

/** True when the browser says that another site made this request. */
function isForeign(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  return origin !== undefined && !isOwnOrigin(origin, request.headers.host);
}

/** True for our own origin: the public address, or the very host that was asked. */
export function isOwnOrigin(origin: string, host: string | undefined): boolean {
  if (origin === new URL(config.baseUrl).origin) return true;
  return URL.canParse(origin) && config.mode !== 'production' && new URL(origin).host === host;
}

/** Asked once it is not foreign: the browser said where the request comes from. */
const isVouchedFor = ({ headers }: Request): boolean =>
  headers['sec-fetch-site'] !== undefined || headers.origin !== undefined;

/** A form of the office without an official behind it: their session ended, and they can go on after signing in. */
function expired(request: Request): Refusal {
  const isOver = isInOffice(request.path) && request.actor.kind !== 'staff';
  return isOver ? unauthenticated('errors.session-ended') : formExpired();
}

/**
 * Lets nothing that changes anything pass without a token made for this person and this device. The body of a form
 * with files is read later: until then the browser's word that the form is ours must do, and whoever reads the body
 * refuses a form whose token does not fit (`request.isOwnForm`).
 */
export const csrfProtection: RequestHandler = (request, _response, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return next();
  if (isForeign(request)) throw forbidden('errors.foreign-origin');
  if (request.is('multipart/form-data') && request.headers['x-csrf-token'] === undefined && isVouchedFor(request)) {
    request.isOwnForm = () => validateRequest(request);
    return next();
  }
  if (!validateRequest(request)) throw expired(request);
  next();
};
