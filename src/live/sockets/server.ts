import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { setImmediate as air } from 'node:timers/promises';
import { Server, type Socket } from 'socket.io';
import { eventFrame } from '../frame.ts';
import { spread } from '../enterRoom.ts';
import { socketsPerAddress, socketsPerPerson } from '../settings.ts';
import { ByPerson } from '../byPerson.ts';
import { Connection, type ConnectionRules, type Person } from './connection.ts';
import { addressOf, Tally } from './gate.ts';
import { wireOf, writeFrame, writeTogether } from './wire.ts';

/** What the assembly gives. */
export interface SocketRules extends ConnectionRules {
  /** True for the origin of our own pages, as the handshake's headers give it. */
  ownOrigin(origin: string, host: string | undefined): boolean;
  /** Whether an address, so many steps before us, is a proxy of ours. */
  trusts(address: string, steps: number): boolean;
  personOf(handshake: IncomingMessage): Promise<Person>;
  /** True for sockets that are not counted by their address: the demo's own crowd. */
  uncounted(handshake: IncomingMessage): boolean;
}

/** The open sockets of this process. */
export interface SocketServer {
  readonly io: Server;
  count(): number;
  /** Ends the sockets of a person, but not those of the session `exceptId`. */
  endPerson(personId: string, exceptId?: string): void;
  /** Ends the sockets of a person whose session is no more; another process ended it. */
  endSignedOut(personId: string): Promise<void>;
  /** Tells everybody to come back after a while, spread out, and ends all sockets. */
  close(): Promise<void>;
}

/** A question with its files' names, an answer or a turn: nothing that is typed is longer. Bytes. */
const longestMessage = 128 * 1_024;
const part = 200;

/** Opens the door for WebSockets on a server; see docs/architecture: the only transport, no compression, no upgrades. */
export function openSockets(server: HttpServer, rules: SocketRules): SocketServer {
  const addresses = new Tally();
  const sockets = new ByPerson<Socket>();
  let closing = false;

  const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: longestMessage,
    pingInterval: 25_000,
    pingTimeout: 20_000,
    connectTimeout: 10_000,
    allowRequest: (request, decide) => {
      const address = addressOf(request, rules.trusts);
      letGoOfResponse(request);
      if (closing) return decide('closing', false);
      if (!fromOwnPage(request, rules)) return decide('origin', false);
      if (!rules.uncounted(request) && addresses.of(address) >= socketsPerAddress.value()) {
        return decide('address', false);
      }
      writeTogether(request.socket); // the answer to the handshake and the first packet
      decide(null, true);
    },
  });
  io.engine.on('connection', (raw: { request: IncomingMessage; once(event: 'close', then: () => void): void }) => {
    if (rules.uncounted(raw.request)) return;
    const address = addressOf(raw.request, rules.trusts);
    addresses.add(address);
    raw.once('close', () => addresses.remove(address));
  });
  io.use(async (socket, next) => {
    try {
      const person = await rules.personOf(socket.request);
      const full = sockets.count(person.actor.id) >= socketsPerPerson.value();
      socket.data = person;
      next(full ? new Error('too-many') : undefined);
    } catch (error) {
      rules.onDefect(error, { requestId: 'handshake' });
      next(new Error('unavailable'));
    }
  });
  io.on('connection', (socket) => {
    const person = socket.data as Person;
    const address = addressOf(socket.request, rules.trusts);
    letGoOfHandshake(socket);
    sockets.add(person.actor.id, socket);
    const connection = new Connection(socket, address, rules);
    socket.on('disconnect', () => {
      sockets.remove(person.actor.id, socket);
      connection.left();
    });
  });

  return {
    io,
    count: () => io.sockets.sockets.size,
    endPerson: (personId, exceptId) => {
      for (const socket of sockets.of(personId)) {
        if (exceptId === undefined || (socket.data as Person).sessionId !== exceptId) socket.disconnect(true);
      }
    },
    endSignedOut: async (personId) => {
      for (const socket of sockets.of(personId)) {
        const { sessionId } = socket.data as Person;
        if (sessionId !== undefined && !(await rules.sessionAlive(sessionId))) socket.disconnect(true);
      }
    },
    close: async () => {
      closing = true;
      await sendAway(io);
    },
  };
}

/** Programs that are no browsers send no Origin; they carry nobody's cookies and may pass. */
function fromOwnPage({ headers }: IncomingMessage, rules: SocketRules): boolean {
  return headers.origin === undefined || rules.ownOrigin(headers.origin, headers.host);
}

/**
 * Engine.IO makes a response for middlewares that wait for its end, of which there are none; it would hear of that end
 * from the connection, and hold the whole request until then. At this moment nobody else waits for it once.
 */
function letGoOfResponse({ socket }: IncomingMessage): void {
  for (const listener of socket.rawListeners('close') as ({ listener?: unknown } & (() => void))[]) {
    if (listener.listener) socket.removeListener('close', listener);
  }
}

/** What every socket's handshake is afterwards. */
const forgotten = Object.freeze({ headers: {}, query: {}, auth: {} });

/** Headers and request are not needed any more; ten thousand of them would be. Several kilobytes a socket. */
function letGoOfHandshake(socket: Socket): void {
  (socket.conn as unknown as { request: unknown }).request = null;
  (socket as unknown as { handshake: unknown }).handshake = forgotten;
  // Engine.IO's listener for errors before the handshake stays for good, and holds the request
  const wire = wireOf(socket);
  for (const listener of wire.listeners('error')) {
    if (listener.name === 'onUpgradeError') wire.removeListener('error', listener);
  }
}

async function sendAway(io: Server): Promise<void> {
  const all = [...io.sockets.sockets.values()];
  const frame = eventFrame('away', JSON.stringify({ spreadMs: spread(all.length) }));
  for (const [index, socket] of all.entries()) {
    writeFrame(wireOf(socket), frame);
    socket.disconnect(true);
    if (index % part === part - 1) await air();
  }
  io.engine.close();
}
