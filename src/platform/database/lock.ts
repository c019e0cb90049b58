import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { newId } from '../../kernel/id.ts';
import { StartFailure } from '../startFailure.ts';
import { gone, lives, markOf, signal, type ProcessMark } from './processes.ts';

/** Who uses a data folder: the program, and the database server it started. */
interface Holder {
  program: ProcessMark;
  server?: ProcessMark;
}
export interface Lock {
  /** Writes down the server, so that a next start recognizes one that was left behind. */
  note(server: ProcessMark): void;
  release(): void;
}

/**
 * Takes the lock file of a data folder. Throws when a living program holds it; a lock whose program has gone is taken
 * over, after the server that program may have left has ended.
 */
export async function takeLock(file: string): Promise<Lock> {
  const own: Holder = { program: markOf(process.pid) ?? { pid: process.pid, born: '' } };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (create(file, own)) return lockOver(file, own);
    const holder = read(file);
    if (holder && lives(holder.program)) throw inUse(file, holder);
    if (holder?.server) await endLeftover(holder.server);
    discard(file, holder);
  }
  throw new StartFailure(`The lock file ${file} cannot be taken: other programs are starting at the same moment.`);
}

function lockOver(file: string, own: Holder): Lock {
  return {
    note(server) {
      own.server = server;
      const draft = `${file}.${newId()}`;
      writeFileSync(draft, JSON.stringify(own));
      renameSync(draft, file);
    },
    release() {
      if (read(file)?.program.pid === own.program.pid) rmSync(file, { force: true });
    },
  };
}

/** Writes beside and links into place: the file is there complete or not at all, and only one can win. */
function create(file: string, holder: Holder): boolean {
  const draft = `${file}.${newId()}`;
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(file: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder> | null;
    return typeof holder?.program?.pid === 'number' ? (holder as Holder) : null;
  } catch {
    return null; // torn or foreign: nobody's
  }
}

/** Moves the stale file away; when another start took it over meanwhile, its lock is put back. */
function discard(file: string, stale: Holder | null): void {
  const aside = `${file}.${newId()}`;
  try {
    renameSync(file, aside);
    if (JSON.stringify(read(aside)) !== JSON.stringify(stale)) linkSync(aside, file);
  } catch {
    return; // gone already: the next attempt decides
  } finally {
    rmSync(aside, { force: true });
  }
}

async function endLeftover(server: ProcessMark): Promise<void> {
  if (await gone(server, 3_000)) return; // its keeper is ending it
  signal(server.pid, 'SIGTERM');
  if (await gone(server, 10_000)) return;
  signal(server.pid, 'SIGKILL');
  await gone(server, 5_000);
}

function inUse(file: string, holder: Holder): StartFailure {
  return new StartFailure(
    `The data folder is in use by another running copy of this program (process ${holder.program.pid}, ${file}): ` +
      'stop that one first, or set DATA_FOLDER to another folder.',
  );
}
