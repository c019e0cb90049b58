import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

interface Question {
  number: number;
  name: string;
  input: unknown;
}
interface Reply {
  number: number;
  value?: unknown;
  error?: string;
}

/** A process of the bench that answers questions. */
export interface Child {
  readonly pid: number;
  ask<Value>(name: string, input?: unknown): Promise<Value>;
  /** Ends it; with `kill` as a crash would. */
  end(kill?: boolean): Promise<void>;
}

/** One mode and one secret for all: the crowd signs its own device cookies. */
const modeOfBench = { NODE_ENV: 'test', LOG_LEVEL: 'info', SECRET: randomBytes(32).toString('base64url') };

/** Starts a file of this folder as a process of its own. */
export function startChild(file: string, options: string[] = [], environment: NodeJS.ProcessEnv = {}): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: [...process.execArgv, ...options],
    env: { ...process.env, ...modeOfBench, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'], // the program's log is written, but nowhere
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  let number = 0;
  const fail = () => {
    for (const [open, settle] of waiting) settle({ number: open, error: `${file} ended` });
    waiting.clear();
  };
  child.on('message', (reply: Reply) => {
    waiting.get(reply.number)?.(reply);
    waiting.delete(reply.number);
  });
  child.once('exit', fail);
  return {
    pid: child.pid ?? 0,
    ask: <Value>(name: string, input?: unknown) =>
      new Promise<Value>((resolve, reject) => {
        number += 1;
        waiting.set(number, ({ value, error }) => (error ? reject(new Error(error)) : resolve(value as Value)));
        child.send({ number, name, input } satisfies Question, (error) => error && fail());
      }),
    end: (kill = false) => ended(child, kill),
  };
}

function ended(child: ChildProcess, kill: boolean): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(kill ? 'SIGKILL' : 'SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 8_000).unref();
  });
}

/** In the child: answers questions by name. */
export function answerParent(answers: Record<string, (input: never) => unknown>): void {
  process.on('message', (question: Question) => void reply(question, answers));
  process.once('disconnect', () => process.exit(0));
}

async function reply({ number, name, input }: Question, answers: Record<string, (input: never) => unknown>) {
  try {
    const value = await answers[name]?.(input as never);
    process.send?.({ number, value } satisfies Reply);
  } catch (error) {
    process.send?.({ number, error: (error as Error).stack ?? String(error) } satisfies Reply);
  }
}
