import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import WebSocket from 'ws';

/** A row; of questions also when they were published, in milliseconds. */
export interface Question {
  id: string;
  kind: string;
  revision: number;
  at: number;
}
export interface Delta {
  from: number;
  to: number;
  rows: Question[];
  counters?: Record<string, unknown>;
  at: number;
}
export interface Target {
  port: number;
  /** Everybody comes from one address, not a few hundred from each of the loopback's. */
  oneAddress?: boolean;
  /** Sent with every handshake. */
  headers?: Readonly<Record<string, string>>;
  roomId: string;
  /** Whose rows: the public's unless said otherwise. */
  audience?: 'public' | 'desk';
}

export interface Answer {
  ok: boolean;
  value?: { id?: string } | null;
  error?: { message: string };
}

/** What all clients of a room tell. */
export interface Listener {
  /** A delta came to this client; `fresh` are the rows it had not had. */
  received(client: Client, delta: Delta, bytes: number): void;
  acknowledged(client: Client, number: number, answer: Answer): void;
  closed(client: Client): void;
}

type Joined = { value?: { revision: number } };

let lastFrame: Buffer = Buffer.alloc(0);
let lastDelta: Delta | undefined;

/** The product writes moments as text. */
function withMoments(delta: Delta): Delta {
  for (const row of delta.rows) if (typeof row.at === 'string') row.at = Date.parse(row.at);
  return delta;
}

/** All clients get the same bytes: they are read once. */
function readDelta(data: Buffer): Delta {
  if (!lastDelta || !data.equals(lastFrame)) {
    lastFrame = Buffer.from(data);
    lastDelta = withMoments((JSON.parse(data.toString('utf8', 2)) as [string, Delta])[1]);
  }
  return lastDelta;
}

let lastPacked: Buffer = Buffer.alloc(0);
let lastAnswer: Delta | undefined;

/** The same for what was missed. */
function readPacked(packed: Buffer): Delta {
  if (!lastAnswer || !packed.equals(lastPacked)) {
    lastAnswer = readPlain(gunzipSync(packed));
    lastPacked = Buffer.from(packed);
  }
  return lastAnswer;
}

const readPlain = (body: Buffer) => withMoments(JSON.parse(body.toString()) as Delta);

const beginsDelta = Buffer.from('42["delta"');

/** One simulated person: the Socket.IO protocol spoken by hand over a plain WebSocket. */
export class Client {
  revision: number;
  /** Rows had since the start of the measurement. */
  rows = 0;
  joined = false;
  behind = false;
  readonly index: number;
  readonly target: Target;
  readonly cookie: string;
  #socket: WebSocket | undefined;
  #listener: Listener;
  #acknowledgements = 0;
  #needed = 0;
  #joining: { resolve(): void; reject(error: Error): void } | undefined;

  constructor(index: number, target: Target, revision: number, listener: Listener, cookie: string) {
    this.cookie = cookie;
    this.index = index;
    this.target = target;
    this.revision = revision;
    this.#listener = listener;
  }

  /** Addresses of the loopback, so that no address has too many sockets and ports do not run out. */
  get address(): string {
    if (this.target.oneAddress) return '127.0.0.1';
    return `127.0.${1 + Math.floor(this.index / 500)}.1`;
  }

  /** Connects and joins; afterwards the client is up to date or asks over HTTP until it is. */
  join(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#joining = { resolve, reject };
      const socket = new WebSocket(`ws://127.0.0.1:${this.target.port}/socket.io/?EIO=4&transport=websocket`, {
        perMessageDeflate: false,
        skipUTF8Validation: true,
        localAddress: this.address,
        headers: { cookie: this.cookie, ...this.target.headers },
        handshakeTimeout: 30_000,
      });
      this.#socket = socket;
      socket.on('message', (data: Buffer, packed: boolean) => (packed ? this.#unpack(data) : this.#read(data)));
      socket.on('error', (error) => this.#joining?.reject(error));
      socket.on('close', () => {
        this.joined = false;
        this.#joining?.reject(new Error('closed'));
        this.#listener.closed(this);
      });
    });
  }

  drop(): void {
    this.#socket?.terminate();
  }

  /** Sends an act; gives its number, or 0 when there is no connection. */
  act(name: string, input: unknown): number {
    if (this.#socket?.readyState !== WebSocket.OPEN) return 0;
    this.#acknowledgements += 1;
    this.#socket.send(`42${this.#acknowledgements}${JSON.stringify(['act', name, input])}`);
    return this.#acknowledgements;
  }

  #read(data: Buffer): void {
    if (data.length > 10 && data.compare(beginsDelta, 0, 10, 0, 10) === 0)
      return this.#take(readDelta(data), data.length);
    const text = data.toString();
    if (text === '2') this.#socket?.send('3');
    else if (text.startsWith('0')) this.#socket?.send('40');
    else if (text.startsWith('40')) {
      const { roomId, audience = 'public' } = this.target;
      const where = { kind: 'interview', id: roomId, audience, since: this.revision, unpacks: true };
      this.#socket?.send(`420${JSON.stringify(['join', where])}`);
    } else if (text.startsWith('430')) void this.#enter(JSON.parse(text.slice(3)) as [Joined]);
    else if (text.startsWith('43')) this.#acknowledged(text);
  }

  async #enter([answer]: [Joined]): Promise<void> {
    try {
      if (!answer.value) throw new Error('not let in');
      this.joined = true;
      if (this.revision < answer.value.revision) await this.catchUp();
      this.#joining?.resolve();
    } catch (error) {
      this.#joining?.reject(error as Error);
    }
    this.#joining = undefined;
  }

  /** What was missed, as it comes ahead of the acknowledgement of joining. */
  #unpack(packed: Buffer): void {
    const delta = readPacked(packed);
    this.#listener.received(this, delta, 0);
    this.#count(delta);
  }

  #acknowledged(text: string): void {
    const bracket = text.indexOf('[');
    const [answer] = JSON.parse(text.slice(bracket)) as [Answer];
    this.#listener.acknowledged(this, Number(text.slice(2, bracket)), answer);
  }

  #take(delta: Delta, bytes: number): void {
    this.#listener.received(this, delta, bytes);
    if (delta.from > this.revision) {
      this.#needed = delta.to;
      this.catchUp().catch(() => undefined); // the connection broke: the return catches up
      return;
    }
    this.#count(delta);
  }

  #count(delta: Delta): void {
    for (const row of delta.rows) if (row.kind === 'question' && row.revision > this.revision) this.rows += 1;
    this.revision = Math.max(this.revision, delta.to);
  }

  /** Asks over HTTP for what was missed. */
  async catchUp(): Promise<void> {
    if (this.behind) return;
    this.behind = true;
    try {
      do {
        const delta = await fetchDelta(this);
        this.#listener.received(this, delta, 0);
        this.#count(delta);
      } while (this.revision < this.#needed);
    } finally {
      this.behind = false;
    }
  }
}

function fetchDelta({ target, revision, address: localAddress, cookie }: Client): Promise<Delta> {
  return new Promise((resolve, reject) => {
    const { port, roomId, audience = 'public' } = target;
    const path = `/live/interview/${roomId}/${audience}/delta?since=${revision}`;
    const headers = { 'accept-encoding': 'gzip', cookie };
    const asked = request({ host: '127.0.0.1', port, path, localAddress, headers, timeout: 30_000 });
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
    asked.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(parts);
        if (response.statusCode !== 200) return reject(new Error(`delta answered ${response.statusCode}`));
        resolve(response.headers['content-encoding'] === 'gzip' ? readPacked(body) : readPlain(body));
      });
    });
    asked.end();
  });
}
