import type { IncomingMessage, Server } from 'node:http';
import type { Feature } from './feature.ts';
import { declareRoom, openSockets, type Person, type SocketServer } from './live/index.ts';

/** What the assembly knows and live rooms do not: who is behind a cookie, and when sessions end. */
export interface RealtimeDoors {
  features: readonly Feature[];
  baseUrl: string;
  /** Trusted proxies in front of the program. */
  proxies: number;
  personOf(handshake: IncomingMessage): Promise<Person>;
  sessionAlive(sessionId: string): Promise<boolean>;
  /** Calls back when sessions of a person end; gives the function that stops listening. */
  onSessionsEnded(then: (ended: { personId: string; exceptId?: string }) => void): () => void;
  onDefect(error: unknown, about: { requestId: string; action?: string }): void;
}

/** The live side of a web server. */
export interface Realtime {
  /** Open sockets of this process. */
  count(): number;
  /** Ends all sockets of a person. */
  disconnect(personId: string): void;
  /** Sends everybody away with the request to come back spread out, and takes no new sockets. */
  close(): Promise<void>;
}

/** Puts live rooms on an HTTP server: WebSockets with the same people, actions and rules as the pages have. */
export function attachRealtime(server: Server, doors: RealtimeDoors): Realtime {
  for (const room of doors.features.flatMap((feature) => feature.rooms ?? [])) declareRoom(room);
  const actions = Object.assign({}, ...doors.features.map((feature) => feature.socketActions ?? {}));
  const sockets: SocketServer = openSockets(server, {
    ...doors,
    actions,
    messagesPerSecond: () => 10,
    socketsPerAddress: () => 2_000,
    socketsPerPerson: () => 20,
  });
  const stopListening = doors.onSessionsEnded(({ personId, exceptId }) => sockets.endPerson(personId, exceptId));
  return {
    count: sockets.count,
    disconnect: (personId) => sockets.endPerson(personId),
    close: async () => {
      stopListening();
      await sockets.close();
    },
  };
}
