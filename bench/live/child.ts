import { fork, type ChildProcess } from 'node:child_process';
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

/** Starts a file of this folder as a process of its own. */
export function startChild(file: string, options: string[] = []): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: [...process.execArgv, ...options],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
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
        child.send({ number, name, input } satisfies Question);
      }),
    end: (kill = false) => ended(child, kill),
  };
}

function ended(child: ChildProcess, kill: boolean): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(kill ? 'SIGKILL' : 'SIGTERM');
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
