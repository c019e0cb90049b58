import { createHash } from 'node:crypto';
import { MongoStore } from 'connect-mongo';
import type { SessionData } from 'express-session';
import mongoose from 'mongoose';
import { integerSetting } from './settings.ts';

/** What a session knows: who signed in and when. Everything else is looked up fresh at each request. */
declare module 'express-session' {
  interface SessionData {
    personKind: 'staff' | 'citizen';
    personId: string;
    startedAt: number;
    /** When it was last used, give or take five minutes; written by the store. */
    lastModified: Date;
    /** Staff who gave the password but not yet the second factor. */
    pendingPersonId: string;
  }
}

const officialHours = integerSetting('web.session-official-hours', { default: 12, min: 1, max: 168, unit: 'hours' });
const officialIdleMinutes = integerSetting('web.session-official-idle-minutes', {
  default: 120,
  min: 10,
  max: 1440,
  unit: 'minutes',
});
const citizenDays = integerSetting('web.session-citizen-days', { default: 60, min: 1, max: 365, unit: 'days' });

/** How far apart the notes of when a session was used lie, in seconds. */
const touchAfter = 300;

/**
 * True when a session has come to its end: so long after the sign-in, whatever was done, and for officials also when it
 * was not used for a while. By the clock of the machine, as cookies are.
 */
export function isOver({ personKind, startedAt = 0, lastModified }: Partial<SessionData>): boolean {
  const at = Date.now();
  if (personKind !== 'staff') return at > startedAt + citizenDays.value() * 86_400_000;
  const used = Math.max(startedAt, new Date(lastModified ?? 0).getTime());
  const idle = used + officialIdleMinutes.value() * 60_000 + touchAfter * 1000;
  return at > Math.min(startedAt + officialHours.value() * 3_600_000, idle);
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
    touchAfter,
    transformId: hash,
  });
}

interface StoredSession {
  _id: string;
  session: Partial<SessionData>;
  expires?: Date;
  lastModified?: Date;
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

/** True while the session still holds; sockets ask before they act, and acting is using it. */
export async function sessionAlive(sessionId: string, acting = false): Promise<boolean> {
  const [_id, at] = [hash(sessionId), new Date()];
  const row = await sessions().findOne({ _id }, { projection: { expires: 1, session: 1, lastModified: 1 } });
  if (row === null || (row.expires !== undefined && row.expires <= at)) return false;
  if (isOver({ ...row.session, ...(row.lastModified ? { lastModified: row.lastModified } : {}) })) return false;
  const isStale = acting && at.getTime() - (row.lastModified?.getTime() ?? 0) > touchAfter * 1000;
  if (isStale) await sessions().updateOne({ _id }, { $set: { lastModified: at } });
  return true;
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
