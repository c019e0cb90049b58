import { createHash } from 'node:crypto';
import { MongoStore } from 'connect-mongo';
import mongoose from 'mongoose';

/** What a session knows: who signed in and when. Everything else is looked up fresh at each request. */
declare module 'express-session' {
  interface SessionData {
    personKind: 'staff' | 'citizen';
    personId: string;
    startedAt: number;
    /** Staff who gave the password but not yet the second factor. */
    pendingPersonId: string;
  }
}

const collectionName = 'sessions';
const hash = (sessionId: string) => createHash('sha256').update(sessionId).digest('base64url');

/** The store of web sessions; a session's identifier lies in the database only as a hash. */
export function createSessionStore(): MongoStore {
  return MongoStore.create({
    client: mongoose.connection.getClient(),
    dbName: mongoose.connection.name,
    collectionName,
    stringify: false,
    touchAfter: 300,
    transformId: hash,
  });
}

interface StoredSession {
  _id: string;
  session: { personId?: string; startedAt?: number };
  expires?: Date;
}
const sessions = () => mongoose.connection.collection<StoredSession>(collectionName);

/** Makes the index by which the sessions of one person are found. */
export async function createSessionIndexes(): Promise<void> {
  await sessions().createIndex({ 'session.personId': 1 });
}

/** A person's sessions: when begun, and which one is this. */
export async function sessionsOf(personId: string, currentId?: string) {
  const rows = await sessions().find({ 'session.personId': personId }).toArray();
  const current = currentId === undefined ? undefined : hash(currentId);
  return rows.map((row) => ({ startedAt: new Date(row.session.startedAt ?? 0), current: row._id === current }));
}

/** True while the session still exists; sockets ask before they act. */
export async function sessionAlive(sessionId: string): Promise<boolean> {
  const row = await sessions().findOne({ _id: hash(sessionId) }, { projection: { expires: 1 } });
  return row !== null && (row.expires === undefined || row.expires > new Date());
}

/** Which sessions ended: all of a person's but, when `exceptId` is set, that one. */
export interface SessionsEnded {
  personId: string;
  exceptId?: string;
}
type Listener = (ended: SessionsEnded) => void;
const listeners = new Set<Listener>();

/** Hears of ended sessions, so that open sockets end with them. Gives the function that stops listening. */
export function onSessionsEnded(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ends every session of a person, open sockets included; `exceptId` is kept. */
export async function endSessions(personId: string, exceptId?: string): Promise<void> {
  const kept = exceptId === undefined ? {} : { _id: { $ne: hash(exceptId) } };
  await sessions().deleteMany({ 'session.personId': personId, ...kept });
  for (const listener of listeners) listener(exceptId === undefined ? { personId } : { personId, exceptId });
}

/**
 * Ends one session, as when somebody signs out. All open sockets of the person are closed; those that belong to
 * their other sessions come back by themselves.
 */
export async function endSession(personId: string, sessionId: string): Promise<void> {
  await sessions().deleteOne({ _id: hash(sessionId) });
  for (const listener of listeners) listener({ personId });
}
