import type { Request, Response } from 'express';
import type { SessionData } from 'express-session';
import { endSession } from '../platform/sessions.ts';
import type { SessionPerson } from '../web/actor.ts';
import { sessionCookie } from '../web/session.ts';

declare module 'express-session' {
  interface SessionData {
    /** State of the account that gave a one-time password; see chooseFirstPassword(). */
    pendingRevision: number;
  }
}

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

/** Remembers who gave a one-time password; they are nobody until they chose their own. */
export function beginPending(request: Request, pending: { accountId: string; revision: number }): Promise<void> {
  return renew(request, { pendingPersonId: pending.accountId, pendingRevision: pending.revision });
}

/** Who is about to choose their first password here, or undefined. */
export function pendingOf(request: Request): { accountId: string; revision: number } | undefined {
  const { pendingPersonId, pendingRevision } = request.session;
  if (pendingPersonId === undefined || pendingRevision === undefined) return undefined;
  return { accountId: pendingPersonId, revision: pendingRevision };
}

/** Ends the session of this request, if there is one, with its sockets and its cookie. */
export async function leaveSession(request: Request, response: Response): Promise<void> {
  const { personId } = request.session;
  if (personId !== undefined) await endSession(personId, request.sessionID);
  await wait((done) => request.session.destroy(done));
  response.clearCookie(sessionCookie, { path: '/' });
}
