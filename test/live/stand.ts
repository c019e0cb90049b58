import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Feature } from '../../src/feature.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { conflict, notFound } from '../../src/kernel/errors.ts';
import { newId } from '../../src/kernel/id.ts';
import { changeRoom, forgetRooms, liveRoutes, type Row, type RoomDefinition } from '../../src/live/index.ts';
import { openLive, type Live } from '../../src/browser/live/live.ts';
import { attachRealtime, type Realtime } from '../../src/realtime.ts';

export { until } from '../support/until.ts';

/** What the test room has stored: survives a restart of the server, as a database does. */
export interface Stored {
  revision: number;
  public: Map<string, Row>;
  desk: Map<string, Row>;
  own: Map<string, Row[]>;
  loads: number;
}
export const store = new Map<string, Stored>();

export function newRoom(): string {
  const id = newId();
  store.set(id, { revision: 0, public: new Map(), desk: new Map(), own: new Map(), loads: 0 });
  return id;
}

function stored(roomId: string): Stored {
  const room = store.get(roomId);
  if (!room) throw notFound();
  return room;
}

const definition: RoomDefinition = {
  kind: 'test',
  audiences: ['public', 'desk'],
  open: ['public'],
  async load(roomId) {
    const room = store.get(roomId);
    if (!room) return null;
    room.loads += 1;
    const rows = { public: [...room.public.values()], desk: [...room.desk.values()] };
    return { revision: room.revision, rows, counters: { asked: room.public.size } };
  },
  async admit(actor, roomId, audience) {
    if (!store.has(roomId) || (audience === 'desk' && actor.kind !== 'staff')) throw notFound();
  },
  personal: async (actor, roomId) => stored(roomId).own.get(actor.id) ?? [],
};

/** Writes rows of one audience as an action does: stored with their revision, then told. */
export function write(roomId: string, ids: string[], fields: object = {}, audience: 'public' | 'desk' = 'public') {
  return changeRoom('test', roomId, async (revision) => {
    const room = stored(roomId);
    const rows = ids.map((id) => ({ kind: 'question', ...fields, id, revision }));
    for (const row of rows) room[audience].set(row.id, row);
    room.revision = revision;
    return { [audience]: rows };
  });
}

/** Writes a row that only one person may see. */
export function writeOwn(roomId: string, personId: string, text: string) {
  return changeRoom('test', roomId, async (revision) => {
    const room = stored(roomId);
    const row: Row = { id: 'fate', kind: 'own', revision, text };
    room.own.set(personId, [row]);
    room.revision = revision;
    return { persons: { [personId]: [row] } };
  });
}

const feature: Feature = {
  name: 'test',
  rooms: [definition],
  socketActions: {
    'test.echo': async (actor, input) => ({ actor: actor.id, input }),
    'test.refuse': async () => {
      throw conflict();
    },
    'test.break': async () => {
      throw new Error('the secret of the database');
    },
  },
};

/** Who a request or handshake of these tests is from: header `x-person: kind/id/session`. */
function personOf(request: IncomingMessage): { actor: Actor; sessionId?: string } {
  const [kind = 'guest', id = newId(), sessionId] = String(request.headers['x-person'] ?? 'guest').split('/');
  const caller = { id, language: 'en', requestId: newId() } as const;
  const actor: Actor =
    kind === 'staff' ? { kind, name: 'Li', roles: [], ...caller } : { kind: 'guest', nickname: null, ...caller };
  return sessionId === undefined ? { actor } : { actor, sessionId };
}

export interface LiveStand {
  base: string;
  realtime: Realtime;
  /** What pages asked for over HTTP. */
  readonly asked: string[];
  /** Stops and starts the server on the same port; memory is lost. */
  restart(): Promise<void>;
  /** A page's client of a person. */
  client(person?: string): Live;
  stop(): Promise<void>;
}

async function serve(port: number): Promise<{ server: Server; realtime: Realtime; port: number }> {
  const app = express().use(express.json());
  app.use(liveRoutes((request) => personOf(request).actor, feature.socketActions ?? {}));
  const server = createServer(app);
  const realtime = attachRealtime(server, { features: [feature], personOf: async (request) => personOf(request) });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, realtime, port: (server.address() as AddressInfo).port };
}

async function end({ server, realtime }: { server: Server; realtime: Realtime }): Promise<void> {
  await realtime.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  forgetRooms();
}

/** Starts a server with one kind of room. */
export async function startStand(): Promise<LiveStand> {
  let running = await serve(0);
  const base = `http://127.0.0.1:${running.port}`;
  const clients = new Set<Live>();
  const asked: string[] = [];
  return {
    base,
    asked,
    get realtime() {
      return running.realtime;
    },
    restart: async () => {
      await end(running);
      running = await serve(running.port);
    },
    client: (person = `guest/${newId()}`) => {
      const headers = { 'x-person': person };
      const fetchAs: typeof fetch = (url, options) => {
        asked.push(String(url).slice(base.length));
        return fetch(url, { ...options, headers: { ...options?.headers, ...headers } });
      };
      const live = openLive({ origin: base, csrfToken: () => '', fetch: fetchAs }, headers);
      clients.add(live);
      return live;
    },
    stop: async () => {
      for (const live of clients) live.close();
      await end(running);
    },
  };
}
