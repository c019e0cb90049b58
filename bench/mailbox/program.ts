import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/platform/freePort.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The whole program, pages and jobs, as people start it, on a database that runs already. */
export interface Program {
  base: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts it and waits until it serves. */
export async function startProgram(mongodbUri: string, dataFolder: string): Promise<Program> {
  const port = await freePort();
  const environment = { MONGODB_URI: mongodbUri, DATA_FOLDER: dataFolder, PORT: String(port), HOST: '127.0.0.1' };
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const base = `http://127.0.0.1:${port}`;
  for (let left = 600; left > 0; left -= 1) {
    if (child.exitCode !== null) throw new Error('The program ended at its start');
    const ready = await fetch(`${base}/readyz`).catch(() => undefined);
    if (ready?.ok) return { base, pid: child.pid ?? 0, stop: () => stop(child) };
    await sleep(100);
  }
  throw new Error('The program does not come up');
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
