import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** What the scanner says of a content. */
export type Verdict = 'clean' | 'infected';

/** The scanner could not be asked, or had no answer: nothing is known of the content. */
export class ScannerAway extends Error {
  constructor(why: string) {
    super(`The virus scanner gave no verdict: ${why}`);
    this.name = 'ScannerAway';
  }
}

const seconds = 60;
/** clamd takes pieces of any size; this is what a file is read in anyway. */
const endOfStream = Buffer.alloc(4);

/**
 * Hands a content to clamd (ClamAV) by its INSTREAM command and gives the verdict. `address` is `tcp://host:3310` or
 * `unix:///run/clamav/clamd.ctl`. Throws ScannerAway when there is no answer, or none that is understood.
 * Protocol: clamd(8). `zINSTREAM\0`, then pieces, each after its length in four bytes, an empty one last; the answer
 * is `stream: OK`, `stream: <name> FOUND` or `… ERROR`, closed by a zero byte.
 */
export async function scanStream(address: string, content: Readable): Promise<Verdict> {
  const socket = open(address);
  socket.setTimeout(seconds * 1000, () => socket.destroy(new Error('it took too long')));
  const answer = read(socket);
  // Whoever fails first says why; the other one must not be an unhandled rejection
  answer.catch(() => undefined);
  try {
    await once(socket, 'connect');
    await send(socket, content);
    return verdictOf(await answer);
  } catch (error) {
    if (error instanceof ScannerAway) throw error;
    // clamd answers and hangs up when a stream is longer than it takes: its words tell more than the broken pipe
    const said = await Promise.race([answer.catch(() => ''), new Promise<string>((done) => setTimeout(done, 50, ''))]);
    if (said) return verdictOf(said);
    throw new ScannerAway(error instanceof Error ? error.message : String(error));
  } finally {
    socket.destroy();
    content.destroy();
  }
}

function open(address: string): Socket {
  if (address.startsWith('unix://')) return connect({ path: address.slice('unix://'.length) });
  const { hostname, port } = new URL(address);
  return connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 3310 });
}

async function send(socket: Socket, content: Readable): Promise<void> {
  socket.write('zINSTREAM\0');
  for await (const piece of content as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    socket.write(length);
    if (!socket.write(piece)) await once(socket, 'drain');
  }
  socket.write(endOfStream);
}

/** At most a kilobyte: an answer is one line. */
async function read(socket: Socket): Promise<string> {
  let said = '';
  for await (const piece of socket as AsyncIterable<Buffer>) {
    said += piece.toString('utf8');
    if (said.includes('\0') || said.length > 1024) break;
  }
  return said.replace(/\0[^]*$/, '').trim();
}

function verdictOf(answer: string): Verdict {
  if (/: OK$/.test(answer)) return 'clean';
  if (/ FOUND$/.test(answer)) return 'infected';
  throw new ScannerAway(answer.slice(0, 120) || 'it hung up');
}
