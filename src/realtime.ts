import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import express from 'express';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { config } from './config.ts';
import { isCrowd } from './demo/index.ts';
import type { Feature, SocketAction } from './feature.ts';
import { declareRoom, joinPeers, measureRooms, openSockets, type Person } from './live/index.ts';
import { logger } from './platform/logger.ts';
import { onSessionsEnded, sessionAlive } from './platform/sessions.ts';
import { actorOfHandshake } from './web/actor.ts';
import { isOwnOrigin } from './web/csrf.ts';
import { rateLimit } from './web/rateLimit.ts';

/** The live side of a web server. */
export interface Realtime {
  /** Open sockets of this process. */
  count(): number;
  /** Ends all sockets of a person. */
  disconnect(personId: string): void;
  /** Sends everybody away with the request to come back spread out, and takes no new sockets. */
  close(): Promise<void>;
}

interface Assembly {
  features: readonly Feature[];
  /** Who is behind a handshake; by default whom the pages know. */
  personOf?: (handshake: IncomingMessage) => Promise<Person>;
}

/** What people do over sockets; a whole crowd can sit behind one address. */
const acts = rateLimit('socket-acts', { person: 120, address: 15_000, seconds: 60 });

type Trust = (address: string, steps: number) => boolean;

/** Puts live rooms on an HTTP server: WebSockets with the same people, actions and rules as the pages have. */
export function attachRealtime(server: HttpServer, { features, personOf = actorOfHandshake }: Assembly): Realtime {
  declareRooms(features);
  const sockets = openSockets(server, {
    actions: socketActions(features),
    trusts: express().set('trust proxy', config.trustProxy).get('trust proxy fn') as Trust,
    ownOrigin: isOwnOrigin,
    personOf,
    sessionAlive,
    uncounted: (handshake) => config.mode === 'demo' && isCrowd(handshake),
    countAct: acts.consume,
    onDefect: (error, { requestId, action }) =>
      logger.error({ error, requestId, event: 'socket', name: action }, 'A message could not be served'),
  });
  const part = joinOthers(sockets.io);
  const stopListening = onSessionsEnded(({ personId, exceptId }) => {
    sockets.endPerson(personId, exceptId);
    if (part) sockets.io.serverSideEmit('ended', personId);
  });
  sockets.io.on('ended', (personId: string) => void sockets.endSignedOut(personId));
  measureRooms(sockets.count);
  return {
    count: sockets.count,
    disconnect: (personId) => sockets.endPerson(personId),
    close: async () => {
      stopListening();
      await sockets.close();
      await part?.();
    },
  };
}

/** Serves the rooms together with the other processes where there is a Redis; gives the function that parts from them. */
export function joinOthers(io: Server = new Server()): (() => Promise<void>) | undefined {
  return config.redisUrl ? shareRooms(io, config.redisUrl) : undefined;
}

/** Serves the rooms together with the other processes on one Redis; gives the function that parts from them. */
function shareRooms(io: Server, redisUrl: string): () => Promise<void> {
  const stream = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const numbers = new Redis(redisUrl, { maxRetriesPerRequest: 1, commandTimeout: 3_000 }); // a change does not wait long
  for (const redis of [stream, numbers]) {
    redis.on('error', (error) => logger.error({ error, event: 'redis' }, 'Redis does not answer'));
  }
  io.adapter(createAdapter(stream, { streamName: 'live', channelPrefix: 'live' }));
  const part = joinPeers(io, numbers);
  return async () => {
    part();
    await io.of('/').adapter.close();
    stream.disconnect();
    numbers.disconnect();
  };
}

/** Makes the rooms of all features known to this process: web and worker both change rooms. */
export function declareRooms(features: readonly Feature[]): void {
  for (const room of features.flatMap((feature) => feature.rooms ?? [])) declareRoom(room);
}

/** Every action that sockets, and pages whose sockets are blocked, may call. */
export function socketActions(features: readonly Feature[]): Readonly<Record<string, SocketAction>> {
  return Object.assign({}, ...features.map((feature) => feature.socketActions ?? {})) as Record<string, SocketAction>;
}
