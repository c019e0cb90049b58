import type { IncomingMessage } from 'node:http';
import { asLanguage, defaultLanguage, type Language } from '../kernel/language.ts';
import { readCookies } from './cookies.ts';

/** The cookie that keeps the chosen language. */
export const languageCookie = 'wz_lang';

/** The language of a request: `?lang=` before the cookie before Chinese. */
export function languageOf(request: IncomingMessage): Language {
  const query = (request.url ?? '').split('?')[1];
  const asked = query?.includes('lang=') ? asLanguage(new URLSearchParams(query).get('lang')) : undefined;
  return asked ?? asLanguage(readCookies(request)[languageCookie]) ?? defaultLanguage;
}
