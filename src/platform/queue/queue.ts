import type { z } from 'zod';
import { now } from '../../kernel/time.ts';
import type { Job } from './job.ts';
import { mongoQueue } from './mongoQueue.ts';

export { standBack } from './crowd.ts';
export { defineJob, type Job, type Turn } from './job.ts';

/** What is put into a queue. */
export interface Entry {
  job: Pick<Job, 'name' | 'attempts' | 'backoffSeconds' | 'backoffCapSeconds'>;
  input: unknown;
  runAt: Date;
  /** However often it is enqueued with this key, it runs for one of them; remembered for 90 days. */
  onceKey?: string;
  /** Goes before everything that is not: somebody sits and waits for it. */
  urgent?: boolean;
  /** Set by the planner of timetables. */
  timetable?: string;
}

/** Counts for the metrics. */
export interface QueueDepth {
  /** Due, not yet taken by a worker. */
  waiting: number;
  /** Due later. */
  delayed: number;
  running: number;
  /** Given up; kept for 90 days to be looked at. */
  dead: number;
}

/** A job that was given up. */
export interface DeadLetter {
  id: string;
  name: string;
  attempts: number;
  kind: string;
  /** When it was given up. */
  at: Date;
}

/** What a queue can do; filled by MongoDB (`mongoQueue`) and by Bull on Redis (`bullQueue`). */
export interface Queue {
  add(entry: Entry): Promise<void>;
  /** Begins to take jobs in the background. */
  start(jobs: readonly Job[]): Promise<void>;
  /** Takes no further job and waits for the running ones, at most so long; what then still runs is run again by another worker. */
  stop(graceSeconds: number): Promise<void>;
  /** Runs everything that is due by the clock of `kernel/time`, until nothing is; gives how many turns that were. */
  runDue(jobs: readonly Job[]): Promise<number>;
  depth(): Promise<QueueDepth>;
  deadLetters(limit: number): Promise<DeadLetter[]>;
  /** Lets one that was given up begin anew; false when there is none of that name any more. */
  again(id: string): Promise<boolean>;
  /** Gives back connections. */
  close(): Promise<void>;
}

let queue: Queue = mongoQueue();
let worked: readonly Job[] = [];

/** Chooses the queue for this process; without a call it is the one in MongoDB. */
export function useQueue(chosen: Queue): void {
  queue = chosen;
}

export interface EnqueueOptions {
  delaySeconds?: number;
  runAt?: Date;
  onceKey?: string;
  /** Goes before everything that is not: somebody sits and waits for it. */
  urgent?: boolean;
}

/** Puts a job into the queue. Input that does not fit the job's schema is a defect of the caller and throws. */
export async function enqueue<Schema extends z.ZodType>(
  job: Job<Schema>,
  input: z.input<Schema>,
  options: EnqueueOptions = {},
): Promise<void> {
  const checked = job.input.parse(input);
  const runAt = options.runAt ?? new Date(now().getTime() + (options.delaySeconds ?? 0) * 1000);
  await queue.add({
    job,
    input: checked,
    runAt,
    ...(options.urgent ? { urgent: true } : {}),
    ...(options.onceKey === undefined ? {} : { onceKey: options.onceKey }),
  });
}

const underway = new Set<Promise<unknown>>();

/**
 * Takes something into the queue for which nobody has to wait: it is done before the program ends. A failure is not
 * told, so it is for what another way brings into the queue as well.
 */
export function inBackground(work: Promise<unknown>): void {
  const done = work.catch(() => undefined).finally(() => underway.delete(done));
  underway.add(done);
}

/** Waits for what was taken into the queue in the background. */
export async function backgroundDone(): Promise<void> {
  while (underway.size > 0) await Promise.all(underway);
}

/** Begins to run the given jobs in this process. */
export async function startWorker(jobs: readonly Job[]): Promise<void> {
  const names = new Set(jobs.map((job) => job.name));
  if (names.size !== jobs.length) throw new Error('Two jobs have the same name');
  worked = jobs;
  await queue.start(jobs);
}

/** Ends the worker and lets running jobs finish, at most so many seconds. */
export async function stopWorker(graceSeconds = 20): Promise<void> {
  await queue.stop(graceSeconds);
}

/** Gives back the connections of the queue; the last thing a process does with it. */
export async function closeQueue(): Promise<void> {
  await backgroundDone();
  await queue.close();
}

/** For tests: names the jobs that runDueJobs() knows, without a worker in the background. */
export function declareJobs(jobs: readonly Job[]): void {
  worked = jobs;
}

/** For tests: runs all that is due by the test's clock, also what those jobs enqueue, and gives how many turns ran. */
export async function runDueJobs(jobs: readonly Job[] = worked): Promise<number> {
  let turns = 0;
  for (;;) {
    await backgroundDone();
    const ran = await queue.runDue(jobs);
    turns += ran;
    if (ran === 0) return turns;
  }
}

/** How much is waiting, delayed, running, dead. */
export async function queueDepth(): Promise<QueueDepth> {
  return queue.depth();
}

/** The jobs that were given up, newest first. */
export async function deadLetters(limit = 50): Promise<DeadLetter[]> {
  return queue.deadLetters(limit);
}

/** Lets a job that was given up begin anew; false when there is none of that name any more. */
export async function runAgain(id: string): Promise<boolean> {
  return queue.again(id);
}
