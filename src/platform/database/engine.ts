import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A database server that can be started on this machine. */
export interface Engine {
  name: 'mongod' | 'secantusd';
  program: string;
  /** Gives the arguments for a port of the loopback and a folder of its own. */
  argumentsFor(port: number, folder: string): string[];
  /** What it prints when it takes connections. */
  readyWords: RegExp;
}

const emptySettings = fileURLToPath(new URL('./secantusd.toml', import.meta.url));

function runnable(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function mongod(searchPath: string): Engine | null {
  const folder = searchPath.split(delimiter).find((entry) => entry && runnable(join(entry, 'mongod')));
  if (!folder) return null;
  return {
    name: 'mongod',
    program: join(folder, 'mongod'),
    argumentsFor: (port, data) => ['--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', data],
    readyWords: /waiting for connections/i,
  };
}

function secantusd(runtimeFolder: string): Engine | null {
  const program = join(runtimeFolder, 'database', 'secantusdb.scripts', 'secantusd-rs');
  if (!runnable(program)) return null;
  return {
    name: 'secantusd',
    program,
    // --sync-on-commit: without it a killed server loses writes it had acknowledged.
    // --config: nothing lying in the current or home folder may change how it runs.
    argumentsFor: (port, data) =>
      ['--config', emptySettings, '--host', '127.0.0.1', '--port', String(port), '--storage-path', data].concat([
        '--cache-size',
        '512M',
        '--log-file-max',
        '128MB',
        '--sync-on-commit',
      ]),
    readyWords: /listening on/i,
  };
}

/**
 * Finds the server to start: `mongod` of this machine before the one scripts/start fetched,
 * but the one whose files are in the folder before both, so that data never seems to vanish.
 */
export function findEngine(options: { searchPath: string; runtimeFolder: string; folder: string }): Engine | null {
  const engines = [mongod(options.searchPath), secantusd(options.runtimeFolder)].filter((engine) => engine !== null);
  return engines.find((engine) => existsSync(join(options.folder, engine.name))) ?? engines[0] ?? null;
}
