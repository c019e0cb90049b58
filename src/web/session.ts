import type { IncomingMessage, ServerResponse } from 'node:http';
import session from 'express-session';
import type { RequestHandler } from 'express';
import { config, secretFor } from '../config.ts';
import { createSessionStore, isOver } from '../platform/sessions.ts';
import { cookieOptions, hostCookie } from './cookies.ts';

const days = 14;
/** The cookie that carries a session's identifier. */
export const sessionCookie = hostCookie('wz_session');
let middleware: RequestHandler | undefined;

/** Opens the session of whoever signed in. Nobody else has one: a visitor costs no database write. */
export function sessions(): RequestHandler {
  middleware ??= session({
    name: sessionCookie,
    secret: secretFor('session'),
    store: createSessionStore(),
    resave: false,
    saveUninitialized: false,
    rolling: false,
    proxy: config.trustProxy !== false,
    cookie: cookieOptions(days) as session.CookieOptions,
  });
  return middleware;
}

/** Opens the session of a socket handshake: same cookie, same store. Gives undefined when nobody signed in. */
export async function sessionOfHandshake(request: IncomingMessage) {
  if (!request.headers.cookie?.includes(`${sessionCookie}=`)) return undefined;
  await new Promise<void>((resolve, reject) => {
    const done = (error?: unknown) => (error ? reject(error) : resolve());
    void sessions()(
      request as never,
      { end() {}, setHeader() {}, on() {} } as unknown as ServerResponse as never,
      done,
    );
  });
  const opened = (request as unknown as { session?: session.Session & Partial<session.SessionData> }).session;
  return opened?.personId === undefined || isOver(opened) ? undefined : opened;
}
