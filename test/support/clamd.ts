import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The harmless text that every scanner calls a virus (eicar.org), in two pieces so that no scanner stops at this file. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** A double of clamd: speaks INSTREAM as clamd(8) describes it and finds one virus. */
export interface ClamdDouble {
  /** What CLAMD_URL would be. */
  url: string;
  /** Bytes of each stream it was handed. */
  streams: number[];
  close(): Promise<void>;
}

/** Starts one on a free port, or on a path as a Unix socket. Streams above `maximum` bytes are answered as clamd does. */
export async function startClamd({ path = '', maximum = 25_000_000 } = {}): Promise<ClamdDouble> {
  const streams: number[] = [];
  const server: Server = createServer((socket) => serve(socket, maximum, streams));
  await new Promise<void>((resolve) =>
    path ? server.listen(path, resolve) : server.listen(0, '127.0.0.1', () => resolve()),
  );
  const url = path ? `unix://${path}` : `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, streams, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const command = 'zINSTREAM\0';

function serve(socket: Socket, maximum: number, streams: number[]): void {
  let bytes = Buffer.alloc(0);
  const end = (answer: string) => socket.end(`${answer}\0`);
  socket.on('error', () => undefined);
  socket.on('data', (piece: Buffer) => {
    bytes = Buffer.concat([bytes, piece]);
    if (bytes.length >= command.length && bytes.subarray(0, command.length).toString() !== command) {
      return end('UNKNOWN COMMAND');
    }
    const content = contentOf(bytes.subarray(command.length));
    if (content.bytes.length > maximum) return end('INSTREAM size limit exceeded. ERROR');
    if (!content.whole) return;
    streams.push(content.bytes.length);
    end(content.bytes.includes(eicar) ? 'stream: Eicar-Signature FOUND' : 'stream: OK');
  });
}

/** Puts the pieces together that have arrived so far. */
function contentOf(framed: Buffer): { bytes: Buffer; whole: boolean } {
  const pieces: Buffer[] = [];
  for (let place = 0; place + 4 <= framed.length;) {
    const length = framed.readUInt32BE(place);
    if (length === 0) return { bytes: Buffer.concat(pieces), whole: true };
    pieces.push(framed.subarray(place + 4, place + 4 + length));
    place += 4 + length;
  }
  return { bytes: Buffer.concat(pieces), whole: false };
}
