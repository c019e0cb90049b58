import type { Request, RequestHandler, Response } from 'express';
import { config } from '../config.ts';
import type { NavigationItem } from '../feature.ts';
import { languages } from '../kernel/language.ts';
import { csrfToken } from './csrf.ts';
import { readCookies } from './cookies.ts';
import { takeFlash } from './respond.ts';

/** The cookie that keeps the elder mode 关怀版. */
export const elderCookie = 'wz_elder';

function navigationFor(request: Request, items: readonly NavigationItem[], area: NavigationItem['area']) {
  const shown = items.filter((item) => item.area === area && (item.allowed?.(request.actor) ?? true));
  const around = shown.filter(({ href }) => request.path === href || request.path.startsWith(`${href}/`));
  // /office/accounts lies below /office too: the nearest entry is where one is
  const nearest = around.sort((a, b) => b.href.length - a.href.length)[0];
  return shown
    .sort((a, b) => a.order - b.order)
    .map((item) => ({ key: item.key, href: item.href, current: item === nearest }));
}

function personOf({ actor }: Request) {
  if (actor.kind === 'staff') return { kind: actor.kind, name: actor.name };
  if (actor.kind === 'citizen') return { kind: actor.kind, name: actor.nickname };
  return null;
}

/** Gives every page what its header and footer need. */
export function pageLocals(items: readonly NavigationItem[]): RequestHandler {
  return (request: Request, response: Response, next) => {
    const { language } = request.actor;
    Object.assign(response.locals, {
      language,
      languageOther: languages.find((other) => other !== language),
      requestId: request.requestId,
      person: personOf(request),
      path: request.path,
      currentUrl: request.originalUrl,
      demo: config.mode === 'demo',
      elder: readCookies(request)[elderCookie] === '1',
      publicNavigation: navigationFor(request, items, 'public'),
      officeNavigation: request.actor.kind === 'staff' ? navigationFor(request, items, 'office') : [],
      flash: request.method === 'GET' ? takeFlash(request, response) : undefined,
    });
    // Made when a page is drawn; most answers to a form are a redirect
    Object.defineProperty(response.locals, 'csrfToken', {
      enumerable: true,
      configurable: true,
      get: () => csrfToken(request, response),
    });
    next();
  };
}
