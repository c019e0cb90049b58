import type { ErrorRequestHandler, Request, Response } from 'express';
import { notFound, Refusal, type Message } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { logger } from '../platform/logger.ts';
import { databaseReady } from '../platform/database/connection.ts';
import { isDatabaseAway } from '../platform/database/errors.ts';
import { defaultLanguage } from '../kernel/language.ts';
import { type Answer, isInOffice, showError, signInDoor } from './errorPage.ts';
import { wantsJson } from './respond.ts';
import { typedAgain } from './typed.ts';

/** What a thrown thing means to the person. Anything unknown is a defect: told as such, its message kept to the log. */
function answerTo(error: unknown, request: Request): Answer {
  if (error instanceof Refusal) return error;
  if (error instanceof URIError) return notFound(); // an address whose signs are no text: nothing can be there
  const type = (error as { type?: unknown } | null)?.type;
  if (type === 'entity.too.large')
    return { status: 422, code: 'too-large', told: { key: 'errors.too-large' }, fields: {} };
  // 415: a character set or packing that nobody knows
  if (typeof type === 'string' && [400, 415].includes((error as { status?: number }).status ?? 0)) {
    return { status: 422, code: 'unreadable', told: { key: 'errors.unreadable' }, fields: {} };
  }
  if (!databaseReady() || isDatabaseAway(error))
    return { status: 503, code: 'unavailable', told: { key: 'errors.unavailable' }, fields: {} };
  logger.error({ requestId: request.requestId, route: request.route?.path as string | undefined, error }, 'defect');
  return { status: 500, code: 'defect', told: { key: 'errors.defect' }, fields: {} };
}

function sendJson(response: Response, answer: Answer, say: (told: Message) => string): void {
  const fields = Object.fromEntries(Object.entries(answer.fields).map(([name, told]) => [name, say(told)]));
  response.json({ error: { code: answer.code, message: say(answer.told), fields } });
}

/** True for a form of the office, and for any that brought a text: going to sign in at once would lose it. */
const losesSomething = (request: Request): boolean =>
  request.method !== 'GET' && (isInOffice(request.path) || typedAgain(request).length > 0);

/** The last of the doors: every error becomes a page or JSON with the right status and a sentence. */
export const errorHandler: ErrorRequestHandler = (error, request: Request, response: Response, next) => {
  if (response.headersSent) return next(error);
  const answer = answerTo(error, request);
  const language = request.actor?.language ?? defaultLanguage;
  const say = (told: Message) => translate(language, told.key, told.params);
  response.status(answer.status).set('Cache-Control', 'no-store');
  if (error instanceof Refusal && error.retryAfter !== undefined) response.set('Retry-After', String(error.retryAfter));
  if (wantsJson(request)) return sendJson(response, answer, say);
  if (answer.status === 401 && !losesSomething(request)) return response.redirect(303, signInDoor(request));
  showError(request, response, answer, language);
};

/** For addresses nobody answers. */
export function nothingHere(): never {
  throw notFound();
}
