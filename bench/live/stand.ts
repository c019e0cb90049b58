import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer, type EmbeddedServer } from '../../src/platform/database/server.ts';
import { startChild, type Child } from './child.ts';
import type { Summary } from './figures.ts';

/** Everything one measurement needs: database, server and crowd, each a process of its own. */
export interface Stand {
  database: EmbeddedServer;
  server: Child;
  crowd: Child;
  port: number;
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
  published: number;
  unacknowledged: number;
  refused: number;
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

const serverOptions = ['--expose-gc'];

/** Starts a database in a new folder, a server and a crowd. `profile` writes a CPU profile of the server into that folder. */
export async function setUp(profile?: string): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), 'wenzheng-bench-'));
  const database = await startServer({
    folder,
    searchPath: process.env['PATH'] ?? '',
    runtimeFolder: fileURLToPath(new URL('../../.runtime', import.meta.url)),
  });
  const options = profile ? [...serverOptions, '--cpu-prof', `--cpu-prof-dir=${profile}`] : serverOptions;
  const stand: Stand = {
    database,
    server: startChild('./server.ts', options),
    crowd: startChild('./crowd.ts'),
    port: 0,
    restart: async (kill) => {
      await stand.server.end(kill);
      stand.server = startChild('./server.ts', options);
      await stand.server.ask('start', { uri: database.uri, port: stand.port });
    },
    end: async () => {
      await stand.crowd.end();
      await stand.server.end();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  stand.port = await stand.server.ask<number>('start', { uri: database.uri, port: 0 });
  return stand;
}
