import type { Express, Request, RequestHandler } from 'express';
import { wantsJson } from './respond.ts';

interface Declared {
  path: unknown;
  methods?: readonly string[];
  router?: Routes;
}
/** What Express tells of its routes. */
export interface Routes {
  listRoutes(): readonly Declared[];
}

/** Every address that takes a method, as it is declared: `/office/letters/:number/:act`. */
export function addressesOf(routes: Routes, method: 'GET' | 'POST', before = ''): string[] {
  return routes.listRoutes().flatMap(({ path, methods, router }) => {
    if (typeof path !== 'string') return [];
    const whole = `${before}${path}`.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');
    if (router) return addressesOf(router, method, whole);
    return methods?.includes(method) ? [whole] : [];
  });
}

/** One expression for all addresses, a name standing for one part between slashes. */
function anyOf(addresses: readonly string[]): RegExp {
  const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+');
  return new RegExp(`^(?:${[...new Set(addresses)].map(plain).join('|')})/?$`);
}

const above = (path: string): string => path.replace(/\/[^/]*\/?$/, '') || '/';

/**
 * Leads somebody who opens the address of a form — by the language switch after a refusal, a reload, a link — to the
 * page the form stands on: an address that was once in the bar never ends in a 404.
 */
export function leadBack(app: Express): RequestHandler {
  const routes = app.router as unknown as Routes;
  const pages = anyOf(addressesOf(routes, 'GET'));
  const forms = anyOf(addressesOf(routes, 'POST'));
  const isPage = (request: Request) => ['GET', 'HEAD'].includes(request.method) && !wantsJson(request);
  return (request, response, next) => {
    if (!isPage(request) || !forms.test(request.path) || pages.test(request.path)) return next();
    let page = above(request.path);
    while (page !== '/' && !pages.test(page)) page = above(page);
    response.redirect(303, page);
  };
}
