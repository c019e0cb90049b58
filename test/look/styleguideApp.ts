import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { afterAll, beforeAll } from '@jest/globals';
import { registerViews } from '../../src/web/views/engine.ts';
import { securityHeaders } from '../../src/web/security.ts';
import { styleguide } from '../../src/web/styleguide.ts';
import { translate } from '../../src/platform/language.ts';
import type { Language } from '../../src/kernel/language.ts';

const items = [
  { key: 'styleguide.crumbs.office', href: '/office' },
  { key: 'styleguide.title', href: '/office/styleguide', current: true },
];

/** What the application's own middleware gives every page, chosen here by the address. */
const locals: RequestHandler = (request, response, next) => {
  Object.assign(response.locals, {
    language: request.query.lang === 'en' ? 'en' : 'zh-CN',
    elder: request.query.elder === '1',
    currentUrl: request.originalUrl,
    csrfToken: 'token',
    demo: true,
    person: { kind: 'staff', name: 'שלום \u202E<b>王敏' },
    publicNavigation: items,
    officeNavigation: items,
    flash: { key: 'styleguide.messages.done' },
  });
  next();
};

const errorPage: RequestHandler = (request, response) => {
  const { status = '' } = request.params as Record<string, string>;
  const language = response.locals.language as Language;
  response.render('errors/show', {
    title: translate(language, `errors.titles.${status}`),
    status,
    sentence: translate(language, 'errors.conflict'),
    fieldSentences: [translate(language, 'errors.required')],
    next: translate(language, `errors.next.${status}`),
    typed: ['line 1\nline 2'],
    signIn: null,
    office: false,
    home: '/',
    requestId: '0123456789ab',
  });
};

/** The style guide and the error pages alone, without a database, behind the real security headers. */
export function useStyleguide(): { base: string } {
  const running = {} as { base: string; server: Server };
  beforeAll(async () => {
    const app = express();
    registerViews(app, { strict: true });
    app.use(securityHeaders(), express.static('public'), locals);
    app.use('/office', styleguide);
    app.get('/error/:status', errorPage);
    running.server = createServer(app);
    await new Promise<void>((resolve) => running.server.listen(0, '127.0.0.1', resolve));
    running.base = `http://127.0.0.1:${(running.server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    running.server.closeAllConnections();
    running.server.close();
  });
  return running;
}
