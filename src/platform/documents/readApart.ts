import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { logger } from '../logger.ts';
import type { TaskInput, TaskName, TaskResult } from './tasks.ts';

/** A file of somebody else's could not be read: damaged, too large unpacked, or made to do harm. */
export class Unreadable extends Error {}

/** What goes to the process that reads, and what comes back. */
export interface Asked {
  task: TaskName;
  input: unknown;
}
export type Answered = { result: unknown } | { fault: string };

const program = fileURLToPath(new URL('./reader.ts', import.meta.url));
/** Readers at the same moment; the rest of the city goes on meanwhile. */
const atOnce = 2;
const memoryMegabytes = 512;
/** A reader that has nothing to do for so long ends. */
const idleMs = 30_000;

interface Reader {
  child: ChildProcess;
  rest: NodeJS.Timeout | null;
}

/** Readers with nothing to do, those who wait for one, and how many there are. */
const readers = { resting: [] as Reader[], waiting: [] as (() => void)[], busy: 0 };

/**
 * Has a foreign file read by another process, which has no settings, no secrets and no database, little memory and
 * `seconds` of time. Whatever a file does there ends as an Unreadable here.
 */
export async function readApart<Task extends TaskName>(
  task: Task,
  input: TaskInput<Task>,
  { seconds = 30 }: { seconds?: number } = {},
): Promise<TaskResult<Task>> {
  if (readers.busy >= atOnce) await new Promise<void>((resolve) => readers.waiting.push(resolve));
  else readers.busy += 1;
  try {
    return (await ask(wakeReader(), { task, input }, seconds)) as TaskResult<Task>;
  } finally {
    const next = readers.waiting.shift();
    if (next) next();
    else readers.busy -= 1;
  }
}

function wakeReader(): Reader {
  const rested = readers.resting.pop();
  if (rested) {
    clearTimeout(rested.rest ?? undefined);
    rested.child.ref();
    rested.child.channel?.ref();
    return rested;
  }
  const child = fork(program, [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${memoryMegabytes}`, '--disable-warning=ExperimentalWarning'],
    env: {},
    stdio: 'ignore',
  });
  // Ended while it rested: it is not asked again
  child.on('exit', () => {
    readers.resting = readers.resting.filter((one) => one.child !== child);
  });
  return { child, rest: null };
}

function letRest(reader: Reader): void {
  const { child } = reader;
  child.unref();
  child.channel?.unref();
  reader.rest = setTimeout(() => {
    readers.resting = readers.resting.filter((one) => one !== reader);
    child.kill();
  }, idleMs).unref();
  readers.resting.push(reader);
}

/** Asks one thing; a reader that does not answer in time, or ends over it, is not used again. */
function ask(reader: Reader, asked: Asked, seconds: number): Promise<unknown> {
  const { child } = reader;
  return new Promise((resolve, reject) => {
    const clock = setTimeout(() => give('out of time'), seconds * 1000);
    const stop = () => {
      clearTimeout(clock);
      child.off('message', answered).off('error', failed).off('exit', ended);
    };
    function give(fault: string): void {
      stop();
      child.once('error', () => undefined).kill('SIGKILL');
      logger.warn({ event: 'documents.reader-ended', task: asked.task, reason: fault }, 'A file ended its reader');
      reject(new Unreadable(fault));
    }
    function answered(answer: Answered): void {
      stop();
      letRest(reader);
      if ('result' in answer) resolve(answer.result);
      else reject(new Unreadable(answer.fault));
    }
    const failed = (error: Error) => give(error.message);
    const ended = (code: number | null, signal: string | null) => give(`ended with ${signal ?? code}`);
    child.on('message', answered).on('error', failed).on('exit', ended);
    child.send(asked, (error) => error && give(error.message));
  });
}
