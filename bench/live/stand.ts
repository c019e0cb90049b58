import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer, type EmbeddedServer } from '../../src/platform/database/server.ts';
import { startChild, type Child } from './child.ts';
import type { Prepared } from './city.ts';
import type { Summary } from './figures.ts';

/** Everything one measurement needs: database, server and crowd, each a process of its own. */
export interface Stand {
  database: EmbeddedServer;
  server: Child;
  crowd: Child;
  /** A second crowd, for what the first is to be kept from. */
  attacker: Child;
  port: number;
  /** Opens live interviews with so many published questions, and seats their officials. */
  prepare(rooms: number, questions: number): Promise<Prepared[]>;
  /** Seconds of processor time that the database has taken so far. */
  databaseCpu(): number;
  /** Kills or stops the server and starts it again on the same port. */
  restart(kill: boolean): Promise<void>;
  end(): Promise<void>;
}

export interface ServerFigures {
  cpu: number;
  rss: number;
  heap: number;
  heapTotal: number;
  external: number;
  sockets: number;
  loopP99: number;
  loopMax: number;
}
export interface LoadFigures {
  asked: number;
  published: number;
  unacknowledged: number;
  refused: number;
  /** The last reason for a refusal, as the person reads it. */
  why: string;
  missed: number;
  each: Summary;
  everybody: Summary;
  wire: Summary;
  acknowledgement: Summary;
  crowdCpu: number;
  megabytes: number;
}
export interface Arrival {
  seconds: number;
  failures: number;
  took: Summary;
}
/** How a crowd came back. */
export interface Return extends Arrival {
  /** Processor time of the crowd, in parts of one core. */
  crowdCpu: number;
  revisions: { lowest: number; highest: number };
}

/** From Linux's own book (proc(5), fields 14 and 15, hundredths of a second). */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const serverOptions = ['--expose-gc'];

/** Starts a database in a new folder, a server and a crowd. `profile` writes a CPU profile of the server into that folder. */
export async function setUp(profile?: string): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), 'wenzheng-bench-'));
  const database = await startServer({
    folder: join(folder, 'db'),
    searchPath: process.env['PATH'] ?? '',
    runtimeFolder: fileURLToPath(new URL('../../.runtime', import.meta.url)),
  });
  const options = profile ? [...serverOptions, '--cpu-prof', `--cpu-prof-dir=${profile}`] : serverOptions;
  const environment = { MONGODB_URI: database.uri, DATA_FOLDER: folder };
  let attacker: Child | undefined;
  const stand: Stand = {
    database,
    server: startChild('./server.ts', options, environment),
    crowd: startChild('./crowd.ts'),
    get attacker() {
      return (attacker ??= startChild('./crowd.ts'));
    },
    port: 0,
    prepare: async (rooms, questions) => {
      const prepared = await stand.server.ask<Prepared[]>('prepare', { rooms, questions });
      await stand.crowd.ask('seat', { port: stand.port, rooms: prepared });
      return prepared;
    },
    databaseCpu: () => processorSeconds(database.pid()),
    restart: async (kill) => {
      await stand.server.end(kill);
      stand.server = startChild('./server.ts', options, environment);
      await stand.server.ask('start', { port: stand.port });
    },
    end: async () => {
      await attacker?.end();
      await stand.crowd.end();
      await stand.server.end();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    stand.port = await stand.server.ask<number>('start', { port: 0 });
  } catch (error) {
    await stand.end();
    throw error;
  }
  return stand;
}
