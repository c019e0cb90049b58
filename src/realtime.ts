import type { IncomingMessage, Server } from 'node:http';
import express from 'express';
import { config } from './config.ts';
import type { Feature, SocketAction } from './feature.ts';
import { declareRoom, measureRooms, openSockets, type Person } from './live/index.ts';
import { logger } from './platform/logger.ts';
import { onSessionsEnded, sessionAlive } from './platform/sessions.ts';
import { actorOfHandshake } from './web/actor.ts';
import { isOwnOrigin } from './web/csrf.ts';

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

type Trust = (address: string, steps: number) => boolean;

/** Puts live rooms on an HTTP server: WebSockets with the same people, actions and rules as the pages have. */
export function attachRealtime(server: Server, { features, personOf = actorOfHandshake }: Assembly): Realtime {
  declareRooms(features);
  const sockets = openSockets(server, {
    actions: socketActions(features),
    trusts: express().set('trust proxy', config.trustProxy).get('trust proxy fn') as Trust,
    ownOrigin: isOwnOrigin,
    personOf,
    sessionAlive,
    onDefect: (error, { requestId, action }) =>
      logger.error({ error, requestId, event: 'socket', name: action }, 'A message could not be served'),
  });
  const stopListening = onSessionsEnded(({ personId, exceptId }) => sockets.endPerson(personId, exceptId));
  measureRooms(sockets.count);
  return {
    count: sockets.count,
    disconnect: (personId) => sockets.endPerson(personId),
    close: async () => {
      stopListening();
      await sockets.close();
    },
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
