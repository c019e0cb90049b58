import { Router, type Request, type Response } from 'express';
import { asLanguage } from '../kernel/language.ts';
import { cookieOptions } from './cookies.ts';
import { languageCookie } from './languageOf.ts';
import { elderCookie } from './locals.ts';
import { localPath, redirectWith } from './respond.ts';

const year = 365;

/** What the form says, when it says it in plain text. */
function typed(request: Request, name: string): string | undefined {
  const value = (request.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** Back to the page the switch was on, without a `lang` that would turn the choice round again. */
function goBack(request: Request, response: Response): void {
  const address = new URL(localPath(typed(request, 'back'), '/'), 'http://local');
  address.searchParams.delete('lang');
  redirectWith(response, localPath(address.pathname + address.search, '/'));
}

/** Language and elder mode 关怀版: chosen once, remembered for a year in a cookie. */
export const preferences = Router();

// A link with ?lang=en shows the page in that language and keeps it for the next pages
preferences.use((request, response, next) => {
  const language = asLanguage(request.query.lang);
  if (request.method === 'GET' && language) response.cookie(languageCookie, language, cookieOptions(year));
  next();
});

preferences.post('/preferences/language', (request, response) => {
  const language = asLanguage(typed(request, 'language'));
  if (language) response.cookie(languageCookie, language, cookieOptions(year));
  goBack(request, response);
});

preferences.post('/preferences/elder', (request, response) => {
  response.cookie(elderCookie, typed(request, 'on') === '1' ? '1' : '0', cookieOptions(year));
  goBack(request, response);
});
