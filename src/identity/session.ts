import type { Request, Response } from 'express';
import type { SessionData } from 'express-session';
import { endSession } from '../platform/sessions.ts';
import type { SessionPerson } from '../web/actor.ts';
import { cookieOptions } from '../web/cookies.ts';
import { sessionCookie } from '../web/session.ts';
import type { Pending } from './signInSteps.ts';

declare module 'express-session' {
  interface SessionData {
    /** State of the account of somebody on the way in; see signInSteps.ts. */
    pendingRevision: number;
    pendingProved: boolean;
    pendingSince: number;
    /** The secret an app is being given, encrypted, until its first code proves that it arrived. */
    offeredSecret: string;
    /** Recovery codes to show on the next page and never again, encrypted. */
    codesToShow: string;
  }
}

/** How long somebody may stand between password and office. */
const pendingMs = 20 * 60_000;

const wait = (run: (done: (error?: unknown) => void) => unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    run((error) => (error ? reject(error) : resolve()));
  });

/** A session under a new identifier, without anything of the one before: a planted or overheard one is worth nothing. */
async function renew(request: Request, content: Partial<SessionData>): Promise<void> {
  const { personId } = request.session;
  if (personId !== undefined) await endSession(personId, request.sessionID);
  await wait((done) => request.session.regenerate(done));
  Object.assign(request.session, content);
  await wait((done) => request.session.save(done));
}

/** Opens the session of somebody who proved who they are. */
export function beginSession(request: Request, person: SessionPerson): Promise<void> {
  return renew(request, { personKind: person.kind, personId: person.id, startedAt: Date.now() });
}

/** Remembers who gave a right password; they are nobody until every further step is passed. */
export function beginPending(request: Request, { accountId, revision, proved }: Pending): Promise<void> {
  return renew(request, {
    pendingPersonId: accountId,
    pendingRevision: revision,
    pendingProved: proved,
    pendingSince: Date.now(),
  });
}

/** Who is on the way in here, or undefined. */
export function pendingOf(request: Request): Pending | undefined {
  const { pendingPersonId, pendingRevision, pendingProved, pendingSince } = request.session;
  if (pendingPersonId === undefined || pendingRevision === undefined || pendingSince === undefined) return undefined;
  if (Date.now() - pendingSince > pendingMs) return undefined;
  return { accountId: pendingPersonId, revision: pendingRevision, proved: pendingProved === true };
}

/** Ends the session of this request, if there is one, with its sockets and its cookie. */
export async function leaveSession(request: Request, response: Response): Promise<void> {
  const { personId } = request.session;
  if (personId !== undefined) await endSession(personId, request.sessionID);
  await wait((done) => request.session.destroy(done));
  // With what it was set by: a browser takes nothing else for a cookie of this host alone
  const { maxAge: _, ...options } = cookieOptions(0);
  response.clearCookie(sessionCookie, options);
}
