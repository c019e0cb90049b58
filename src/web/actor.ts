import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import type { Actor, Citizen, Staff } from '../kernel/actor.ts';
import { unauthenticated } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { endSession, isOver } from '../platform/sessions.ts';
import { newDevice, readDevice, rememberDevice, type Device } from './device.ts';
import { languageOf } from './languageOf.ts';
import { sessionOfHandshake } from './session.ts';

/** Who a session belongs to. */
export interface SessionPerson {
  kind: 'staff' | 'citizen';
  id: string;
}
type Known = Omit<Staff, 'language' | 'requestId'> | Omit<Citizen, 'language' | 'requestId'>;
/** Looks up who is behind a session; null when the account is gone or disabled. Given by the identity feature. */
export type Identify = (person: SessionPerson) => Promise<Known | null>;

declare module 'express-serve-static-core' {
  interface Request {
    requestId: string;
    actor: Actor;
    device: Device;
  }
}

let identify: Identify = async () => null;
/** Tells the doors how to look up people; called once at assembly. */
export function identifyWith(look: Identify): void {
  identify = look;
}

async function resolve(request: IncomingMessage, person: SessionPerson | undefined, device: Device, requestId: string) {
  const caller = { language: languageOf(request), requestId };
  const known = person && (await identify(person));
  const actor: Actor = known
    ? { ...known, ...caller }
    : { kind: 'guest', id: device.id, nickname: device.nickname, ...caller };
  return actor;
}

/** A session that has come to its end opens nothing any more, with its sockets. */
async function endWhenOver({ session, sessionID }: Request): Promise<void> {
  const { personId } = session;
  if (personId === undefined || !isOver(session)) return;
  delete session.personId;
  delete session.personKind;
  await endSession(personId, sessionID);
}

/** Finds out who is asking; a new visitor gets a device cookie. */
export function actors(): RequestHandler {
  return async (request, response, next) => {
    const known = readDevice(request);
    request.device = known ?? newDevice();
    if (!known && request.method === 'GET') rememberDevice(response, request.device);
    await endWhenOver(request);
    const { personKind, personId } = request.session;
    const person = personId && personKind ? { kind: personKind, id: personId } : undefined;
    request.actor = await resolve(request, person, request.device, request.requestId);
    next();
  };
}

/** The person behind a request. */
export function actorOf(request: Request): Actor {
  return request.actor;
}

/** Who is behind a socket: `stranger` came without a device of ours and may look, but not act. */
export interface SocketPerson {
  actor: Actor;
  sessionId?: string;
  stranger?: boolean;
}

/** The person behind a socket handshake, with the session it came with, if any. */
export async function actorOfHandshake(request: IncomingMessage): Promise<SocketPerson> {
  const session = await sessionOfHandshake(request);
  const person =
    session?.personKind && session.personId ? { kind: session.personKind, id: session.personId } : undefined;
  const device = readDevice(request);
  const actor = await resolve(request, person, device ?? newDevice(), newId());
  if (session && actor.kind !== 'guest') return { actor, sessionId: session.id };
  return device ? { actor } : { actor, stranger: true };
}

/** Lets only signed-in officials pass. */
export const requireStaff: RequestHandler = (request, _response, next) => {
  if (request.actor.kind === 'staff') return next();
  throw unauthenticated(request.method === 'GET' ? 'errors.staff-only' : 'errors.session-ended');
};
