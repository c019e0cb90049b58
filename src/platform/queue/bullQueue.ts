import Bull from 'bull';
import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { now } from '../../kernel/time.ts';
import { cronPlanner, timetableOf } from './cron.ts';
import type { Job } from './job.ts';
import type { Entry, Queue } from './queue.ts';
import { type Outcome, runTurn } from './turn.ts';

export interface BullQueueOptions {
  /** For whose city the keys in Redis are. */
  prefix?: string;
  leaseSeconds?: number;
  concurrency?: number;
}

interface Packed {
  input: unknown;
  timetable?: string;
}

const keptSeconds = 90 * 86_400;

/** A turn that did not end well, as Bull needs it: thrown, and with nothing in it but the kind. */
class TurnFailed extends Error {
  readonly delaySeconds: number;
  constructor(outcome: Exclude<Outcome, { end: 'done' }>) {
    super(outcome.kind);
    this.stack = outcome.kind; // Bull keeps stacks in Redis, and stacks repeat messages
    this.delaySeconds = outcome.end === 'retry' ? outcome.delaySeconds : 0;
  }
}

/** The queue on Redis. Takes a `redis://` address. */
export function bullQueue(redisUrl: string, options: BullQueueOptions = {}): Queue {
  const { concurrency = 8 } = options;
  const { bull, shut } = openBull(redisUrl, options);
  let worker: OpenBull | undefined;
  let planning: NodeJS.Timeout | undefined;

  const add = async (entry: Entry) => {
    await bull.add(entry.job.name, pack(entry), addOptions(entry));
  };

  return {
    add,
    async start(jobs) {
      if (worker) return;
      const planner = cronPlanner(jobs, add);
      await planner.plan();
      planning = setInterval(() => void planner.plan().catch(() => undefined), 5000);
      const byName = indexed(jobs);
      worker = openBull(redisUrl, options);
      void worker.bull.process('*', concurrency, (job) => work(job, byName)).catch(() => undefined);
      await worker.bull.isReady();
    },
    async stop(graceSeconds) {
      clearInterval(planning);
      const stopping = worker;
      worker = undefined;
      if (stopping) await stopBull(stopping, graceSeconds);
    },
    runDue: (jobs) => runDue(bull, jobs, add),
    async depth() {
      const { waiting, delayed, active, failed } = await bull.getJobCounts();
      return { waiting, delayed, running: active, dead: failed };
    },
    async deadLetters(limit) {
      const failed = await bull.getFailed(0, limit - 1);
      return failed.map((job) => ({
        id: String(job.id),
        name: job.name,
        attempts: job.attemptsMade,
        kind: kindOf(job.failedReason),
        at: new Date(job.finishedOn ?? job.timestamp),
      }));
    },
    async again(id) {
      const job = await bull.getJob(id);
      if (!job || !(await job.isFailed())) return false;
      await job.retry();
      return true;
    },
    close: shut,
  };
}

interface OpenBull {
  bull: Bull.Queue<Packed>;
  /** Bull leaves connections behind that go on trying; they are ours to end. */
  shut(): Promise<void>;
}

function openBull(redisUrl: string, { prefix = 'wenzheng', leaseSeconds = 30 }: BullQueueOptions): OpenBull {
  const clients: Redis[] = [];
  const bull = new Bull<Packed>('jobs', {
    prefix,
    createClient: () => {
      const client = new Redis(redisUrl, { maxRetriesPerRequest: null, enableReadyCheck: false });
      clients.push(client);
      client.on('error', () => undefined); // it reconnects by itself; the health check tells
      return client;
    },
    settings: {
      lockDuration: leaseSeconds * 1000,
      lockRenewTime: (leaseSeconds * 1000) / 3,
      stalledInterval: leaseSeconds * 1000,
      maxStalledCount: 3,
      drainDelay: 1,
      backoffStrategies: { asTheTurnSays: (_made, error) => Math.round(delayOf(error) * 1000) },
    },
  });
  bull.on('error', () => undefined);
  const shut = async () => {
    await bull.close(true);
    for (const client of clients) client.disconnect();
  };
  return { bull, shut };
}

async function stopBull({ bull, shut }: OpenBull, graceSeconds: number): Promise<void> {
  await bull.pause(true, true);
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceSeconds * 1000);
  });
  await Promise.race([bull.whenCurrentJobsFinished(), grace]);
  clearTimeout(timer);
  await shut();
}

function pack({ input, timetable }: Entry): Packed {
  return timetable === undefined ? { input } : { input, timetable };
}

type AddOptions = Bull.JobOptions & { timestamp: number };

function addOptions({ job, runAt, onceKey, urgent = false }: Entry): AddOptions {
  const options: AddOptions = {
    timestamp: now().getTime(),
    delay: Math.max(0, runAt.getTime() - now().getTime()),
    // The next to be taken; Bull's own priorities are sought through one by one at every addition
    lifo: urgent,
    attempts: job.attempts,
    backoff: { type: 'asTheTurnSays' },
    removeOnComplete: true,
    removeOnFail: { age: keptSeconds },
  };
  if (onceKey === undefined) return options;
  // a job that is still known by its number is not added again
  const jobId = `once-${createHash('sha256').update(onceKey).digest('hex')}`;
  // one age for all: Bull clears every finished job that is older than the age of the one that just ended
  return { ...options, jobId, removeOnComplete: { age: keptSeconds } };
}

const delayOf = (error: Error): number => (error instanceof TurnFailed ? error.delaySeconds : 0);

/** Bull's own sentence about a job whose worker was lost too often; everything else it keeps is a kind already. */
const kindOf = (reason: string | undefined): string =>
  reason?.startsWith('job stalled') ? 'worker-lost' : (reason ?? 'Error');

const indexed = (jobs: readonly Job[]) => new Map(jobs.map((job) => [job.name, job]));

async function work(job: Bull.Job<Packed>, byName: ReadonlyMap<string, Job>): Promise<void> {
  const declared = byName.get(job.name);
  const { input, timetable } = job.data;
  if (timetable !== undefined && declared && timetable !== timetableOf(declared)) return;
  const outcome = await runTurn(declared, input, job.attemptsMade + 1);
  if (outcome.end === 'done') return;
  if (outcome.end === 'dead') await job.discard();
  throw new TurnFailed(outcome);
}

/** Bull keeps the due time as the score of its sorted set, with twelve bits of the job's number below it. */
async function delayedUntilNow(bull: Bull.Queue<Packed>): Promise<Bull.Job<Packed>[]> {
  const key = bull.toKey('delayed');
  const numbers = await bull.client.zrangebyscore(key, 0, (now().getTime() + 1) * 0x1000);
  const jobs = await Promise.all(numbers.map((number) => bull.getJob(number)));
  return jobs.filter((job) => job !== null);
}

async function runDue(bull: Bull.Queue<Packed>, jobs: readonly Job[], add: Queue['add']): Promise<number> {
  const byName = indexed(jobs);
  let turns = 0;
  for (;;) {
    await cronPlanner(jobs, add).plan();
    // another process may promote the same one
    for (const job of await delayedUntilNow(bull)) await job.promote().catch(() => undefined);
    if ((await bull.getWaitingCount()) === 0) return turns;
    const job = await bull.getNextJob();
    if (!job) continue;
    turns += 1;
    await work(job, byName).then(
      () => job.moveToCompleted('done', true, true),
      (error: unknown) => job.moveToFailed(error instanceof Error ? error : new Error('Error'), true),
    );
  }
}
