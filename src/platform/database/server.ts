import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../freePort.ts';
import { StartFailure } from '../startFailure.ts';
import { findEngine, type Engine } from './engine.ts';
import { takeLock, type Lock } from './lock.ts';
import { addressOf, keptPassword, makePassword } from './password.ts';
import { gone, markOf, signal } from './processes.ts';

export interface EmbeddedServer {
  uri: string;
  engine: Engine['name'];
  /** Process number of the server itself. */
  pid(): number;
  stop(): Promise<void>;
}
export interface ServerOptions {
  /** Folder with everything of the embedded database. */
  folder: string;
  searchPath: string;
  runtimeFolder: string;
  /** Told when the server ended unasked ('lost') and when it is back ('back'). */
  tell?: (what: 'lost' | 'back' | 'failing', detail: string) => void;
}
interface Run {
  child: ChildProcessWithoutNullStreams;
  pid: number;
  ended: Promise<unknown>;
}

const keeper = fileURLToPath(new URL('./keeper.sh', import.meta.url));
const startLimit = 60_000; // milliseconds; recovery after a crash may have a long log to read

/** Starts the embedded database on a free port of the loopback and keeps it running until stop(). Throws StartFailure. */
export async function startServer(options: ServerOptions): Promise<EmbeddedServer> {
  const { folder } = options;
  prepareFolder(folder);
  const engine = findEngine(options);
  if (!engine) {
    throw new StartFailure('No database was found: run scripts/start, which fetches one, or set MONGODB_URI.');
  }
  const lock = await takeLock(join(folder, 'lock'));
  try {
    const data = join(folder, engine.name);
    mkdirSync(data, { recursive: true });
    if (!keptPassword(data)) await lockWithPassword(engine, data, lock);
    const port = await freePort();
    const start = () => launch(engine, [...engine.argumentsFor(port, data), '--auth'], data, lock);
    return supervise(await start(), start, lock, options, engine, port);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartFailure(`The data folder ${folder} cannot be written by this user.`, { cause: error });
  }
}

/** Runs the server for a moment on a port nobody was told, to give it the password it asks for from then on. */
async function lockWithPassword(engine: Engine, data: string, lock: Lock): Promise<void> {
  const port = await freePort();
  const run = await launch(engine, engine.argumentsFor(port, data), data, lock);
  try {
    await makePassword(port, data);
  } finally {
    await end(run);
  }
}

/** Starts the server once and waits until it takes connections. */
async function launch(engine: Engine, given: readonly string[], folder: string, lock: Lock): Promise<Run> {
  // In a group of its own: Ctrl-C in a terminal must not reach it before the program has finished its work.
  const child = spawn('/bin/sh', [keeper, engine.program, ...given], {
    detached: true,
    stdio: 'pipe',
  });
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  child.stdin.on('error', () => {}); // the keeper went first
  const run: Run = { child, pid: 0, ended };
  const output = watch(run, engine, lock);
  const outcome = await Promise.race([
    output.ready.then(() => 'ready' as const),
    ended.then(() => 'ended' as const),
    sleep(startLimit, 'late' as const, { ref: false }),
  ]);
  if (outcome === 'ready') return run;
  await end(run);
  const words = output.last().join(' | ').slice(-600) || 'it said nothing';
  if (/lock|resource busy/i.test(words) && /wiredtiger|busy|another/i.test(words)) {
    throw new StartFailure(`The data folder ${folder} is in use by another process: stop that one first. (${words})`);
  }
  throw new StartFailure(`The embedded database did not come up over ${folder}. Its last words: ${words}`);
}

function watch(run: Run, engine: Engine, lock: Lock) {
  const last: string[] = [];
  let ready = (): void => {};
  const whenReady = new Promise<void>((resolve) => (ready = resolve));
  const hear = (chunk: string): void => {
    for (const line of chunk.split('\n').filter(Boolean)) {
      const pid = /^keeper: server (\d+)$/.exec(line)?.[1];
      if (pid) {
        run.pid = Number(pid);
        const mark = markOf(run.pid);
        if (mark) lock.note(mark);
        continue;
      }
      last.push(line);
      if (last.length > 5) last.shift();
      if (engine.readyWords.test(line)) ready();
    }
  };
  run.child.stdout.setEncoding('utf8').on('data', hear);
  run.child.stderr.setEncoding('utf8').on('data', hear);
  return { ready: whenReady, last: () => last };
}

/** Closing its input tells the keeper to end the server in good order. */
async function end(run: Run): Promise<void> {
  const mark = run.pid ? markOf(run.pid) : null;
  run.child.stdin.end();
  await Promise.race([run.ended, sleep(15_000, undefined, { ref: false })]);
  if (mark && !(await gone(mark, 1_000))) signal(mark.pid, 'SIGKILL');
}

function supervise(
  first: Run,
  relaunch: () => Promise<Run>,
  lock: Lock,
  options: ServerOptions,
  engine: Engine,
  port: number,
): EmbeddedServer {
  let run = first;
  let stopping = false;
  const tell = options.tell ?? (() => {});
  const keep = async (): Promise<void> => {
    for (;;) {
      await run.ended;
      if (stopping) return;
      tell('lost', `process ${run.pid}`);
      await end(run); // should only its keeper have gone, the server must not hold the folder
      for (let wait = 100; !stopping; wait = Math.min(wait * 2, 5_000)) {
        try {
          run = await relaunch();
          tell('back', `process ${run.pid}`);
          break;
        } catch (error) {
          tell('failing', (error as Error).message);
          await sleep(wait);
        }
      }
      if (stopping) return end(run);
    }
  };
  const kept = keep();
  return {
    uri: addressOf(port, keptPassword(join(options.folder, engine.name))),
    engine: engine.name,
    pid: () => run.pid,
    async stop() {
      stopping = true;
      await end(run);
      await kept;
      lock.release();
    },
  };
}
