import type { Request, Response } from 'express';
import type { Message } from '../kernel/errors.ts';
import type { Language } from '../kernel/language.ts';
import { hasText, translate } from '../platform/language.ts';
import { localPath } from './respond.ts';
import { typedAgain } from './typed.ts';

/** What an error comes to, whoever it is told. */
export interface Answer {
  status: number;
  code: string;
  told: Message;
  fields: Readonly<Record<string, Message>>;
}

/** True below the office's front door. */
export const isInOffice = (path: string): boolean => /^\/office(?!\/sign-in)(?:\/|$)/.test(path);

/** The page a request came from: where somebody goes on after signing in. */
function comesFrom(request: Request): string {
  if (request.method === 'GET') return request.originalUrl;
  const referer = request.get('Referer')?.replace(/^https?:\/\/[^/]+/, '');
  return localPath(referer, isInOffice(request.path) ? '/office' : '/');
}

/** The way to sign in and back again. */
export function signInDoor(request: Request): string {
  const door = request.path.startsWith('/office') ? '/office/sign-in' : '/sign-in';
  return `${door}?${new URLSearchParams({ next: comesFrom(request) })}`;
}

/** A sentence made for this very error, for the office, or for all errors of the status. */
function wordsFor(language: Language, what: 'titles' | 'next', { status, code }: Answer, office: boolean): string {
  const keys = [`errors.${what}.${code}`, ...(office ? [`errors.office.${what}.${status}`] : [])];
  return translate(language, keys.find((key) => hasText(language, key)) ?? `errors.${what}.${status}`);
}

/** Shows an error in the layout one was in, with what was typed and the way on. */
export function showError(request: Request, response: Response, answer: Answer, language: Language): void {
  const say = (told: Message) => translate(language, told.key, told.params);
  const office = request.actor?.kind === 'staff' && isInOffice(request.path);
  response.render('errors/show', {
    ...(office ? { layout: 'office' } : {}),
    title: wordsFor(language, 'titles', answer, office),
    status: answer.status,
    sentence: say(answer.told),
    fieldSentences: Object.values(answer.fields).map(say),
    next: wordsFor(language, 'next', answer, office),
    typed: typedAgain(request),
    signIn: answer.status === 401 ? signInDoor(request) : null,
    home: office ? '/office' : '/',
    office,
    requestId: request.requestId,
  });
}
