import type { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';

/** Bytes that may wait for a slow reader; beyond this deltas are left out and the reader catches up over HTTP. */
const longestBacklog = 512 * 1_024;
const open = 1;

/** The parts of the `ws` connection below a Socket.IO socket that are used here, as Socket.IO itself uses them. */
interface Wire {
  readyState: number;
  _socket?: NetSocket;
  _sender: { sendFrame(list: Buffer[]): void };
  listeners(event: 'error'): ((...values: never[]) => void)[];
  removeListener(event: 'error', listener: (...values: never[]) => void): void;
  pause(): void;
  resume(): void;
}

/** The WebSocket of a Socket.IO socket (transport is WebSocket only). */
export function wireOf(socket: Socket): Wire {
  return (socket.conn.transport as unknown as { socket: Wire }).socket;
}

/** What is written to a connection in this turn of the event loop leaves in one piece: each write of its own is a call into the kernel. */
export function writeTogether(connection: NetSocket | undefined): void {
  if (!connection) return;
  connection.cork();
  setImmediate(() => connection.uncork());
}

/**
 * Writes a ready frame past Engine.IO's queue, events and callbacks: a third of the work of an emit. Frames are whole, so
 * they may stand between packets of Socket.IO; rows carry revisions, so order does not matter.
 */
export function writeFrame(wire: Wire, frame: Buffer): void {
  if (wire.readyState !== open) return;
  const backlog = wire._socket?.writableLength;
  if (backlog === undefined || backlog > longestBacklog) return;
  wire._sender.sendFrame([frame]);
}
