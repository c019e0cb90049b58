import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/platform/freePort.ts';
import { surroundings } from '../support/clock.ts';
import { until } from '../support/until.ts';

/** The whole program as a process of its own, as people start it. */
export interface Program {
  child: ChildProcess;
  base: string;
  output(): string;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const running = new Set<ChildProcess>();

/** Starts src/main.ts over a small demo city with these settings and none of the test's own. */
export async function startProgram(settings: Record<string, string>): Promise<Program> {
  const port = settings['PORT'] ?? String(await freePort());
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: {
      ...surroundings(),
      LOG_LEVEL: 'info',
      DEMO_SIZE: 'small',
      ...settings,
      PORT: port,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? 'nothing');
    });
  });
  return { child, base: `http://127.0.0.1:${port}`, output: () => output, ended };
}

/** Waits until the program prints its address; throws with what it said when it ends before. */
export async function ready(program: Program): Promise<void> {
  await until(() => program.output().includes('Wenzheng 问政:') || program.child.exitCode !== null);
  if (program.child.exitCode !== null) throw new Error(`It ended: ${program.output()}`);
}

/** Ends what a failed test left running. */
export async function endPrograms(): Promise<void> {
  for (const child of running) {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}
