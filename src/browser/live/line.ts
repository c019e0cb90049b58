import { io, type Socket } from 'socket.io-client';

/** The one socket of a page, shared by its rooms. It comes back by itself, never at the same moment as everybody else. */
export interface Line {
  readonly connected: boolean;
  /** Sends and gives the acknowledgement; throws when none came in time. */
  ask(event: string, ...values: unknown[]): Promise<unknown>;
  on(event: string, then: (...values: never[]) => void): void;
  /** Says over how many milliseconds a return is to be spread. */
  spread(milliseconds: number): void;
  /** Tries at once, when it seems worth it (the network is back). */
  hurry(): void;
  /** The network is gone: does not wait for half a minute until the connection notices. */
  cut(): void;
  close(): void;
}

const answerWithin = 10_000;
const longestPause = 30_000;

interface Watch {
  up(): void;
  /** The line broke or could not be made. */
  down(): void;
}

/** Opens the line; `watch` hears of every connection and every loss. */
export function openLine(origin: string, watch: Watch, extraHeaders?: Record<string, string>): Line {
  const socket: Socket = io(origin === '' ? location.origin : origin, {
    transports: ['websocket'],
    reconnection: false, // see later(): spread by what the server says
    forceNew: true,
    ...(extraHeaders && { extraHeaders }),
  });
  let failures = 0;
  let spreadMs = 1_000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  function later(): void {
    if (closed || timer !== undefined) return;
    const pause = failures === 0 ? 0 : Math.min(1_000 * 2 ** (failures - 1), longestPause);
    timer = setTimeout(tryNow, pause * (0.5 + Math.random() / 2) + spreadMs * Math.random());
    failures += 1;
  }
  function tryNow(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!closed) socket.connect();
  }

  socket.on('connect', () => {
    failures = 0;
    watch.up();
  });
  socket.on('away', (value: { spreadMs: number }) => (spreadMs = value.spreadMs));
  for (const event of ['disconnect', 'connect_error']) {
    socket.on(event, () => {
      socket.disconnect(); // after connect_error of the namespace the transport is still open
      watch.down();
      later();
    });
  }
  return {
    get connected() {
      return socket.connected;
    },
    ask: (event, ...values) => socket.timeout(answerWithin).emitWithAck(event, ...values) as Promise<unknown>,
    on: (event, then) => void socket.on(event, then as (...values: unknown[]) => void),
    spread: (milliseconds) => (spreadMs = milliseconds),
    hurry: () => {
      if (socket.connected) return;
      if (timer === undefined) socket.disconnect(); // an attempt under way may wait for a network that is no more
      tryNow();
    },
    cut: () => void socket.disconnect(),
    close: () => {
      closed = true;
      clearTimeout(timer);
      socket.disconnect();
    },
  };
}
