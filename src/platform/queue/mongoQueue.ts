import mongoose from 'mongoose';
import { newId } from '../../kernel/id.ts';
import { now } from '../../kernel/time.ts';
import { isCrowded, standBack } from './crowd.ts';
import { cronPlanner, timetableOf } from './cron.ts';
import type { Job } from './job.ts';
import { claim, expired, finish, renew, waitingDue } from './lease.ts';
import type { DeadLetter, Entry, Queue, QueueDepth } from './queue.ts';
import { type QueueEntry, QueueEntryModel, waitingState } from './queueEntry.ts';
import { runTurn } from './turn.ts';

export interface MongoQueueOptions {
  /** A worker that has not renewed for so long counts as dead and its jobs run again. */
  leaseSeconds?: number;
  /** Jobs at the same time in one process. */
  concurrency?: number;
  /** Longest pause between two looks when nothing happens. */
  idleSeconds?: number;
}

/** The queue that needs nothing but the database: jobs are leased, and a lease that is not renewed falls back. */
export function mongoQueue(options: MongoQueueOptions = {}): Queue {
  const { leaseSeconds = 30, concurrency = 8, idleSeconds = 2 } = options;
  const worker = workerLoop({ leaseSeconds, concurrency, idleSeconds });
  return {
    async add(entry) {
      await insert(entry);
      worker.wakeAt(entry.runAt);
    },
    start: (jobs) => worker.start(jobs),
    stop: (graceSeconds) => worker.stop(graceSeconds),
    runDue: (jobs) => runDue(jobs, leaseSeconds),
    depth,
    deadLetters,
    async again(id) {
      const found = await beginAnew(id);
      if (found) worker.wakeAt(now());
      return found;
    },
    close: async () => undefined,
  };
}

const ready = new Map<string, Promise<unknown>>();

/** The once-only rule stands on an index, so the indexes come before the first entry, once per database. */
function indexesMade(): Promise<unknown> {
  const { host, port, name } = mongoose.connection;
  const key = `${host}:${port}/${name}`;
  const known = ready.get(key);
  if (known) return known;
  const made = QueueEntryModel.createIndexes().catch((error: unknown) => {
    ready.delete(key);
    throw error;
  });
  ready.set(key, made);
  return made;
}

const duplicateKey = 11000;

async function insert(entry: Entry): Promise<void> {
  await indexesMade();
  const { job, input, runAt, onceKey, timetable, urgent } = entry;
  const state = waitingState(entry);
  const row: QueueEntry = { _id: newId(16), name: job.name, input, state, runAt, attempt: 0 };
  if (urgent) row.urgent = true;
  if (onceKey !== undefined) row.onceKey = onceKey;
  if (timetable !== undefined) row.timetable = timetable;
  try {
    await QueueEntryModel.collection.insertOne(row as never);
  } catch (error) {
    const already = error instanceof Error && 'code' in error && error.code === duplicateKey;
    if (!already) throw error;
  }
}

/** Runs one claimed entry and writes down what became of it. */
async function work(entry: QueueEntry, byName: ReadonlyMap<string, Job>): Promise<void> {
  const job = byName.get(entry.name);
  const outdated = entry.timetable !== undefined && job !== undefined && entry.timetable !== timetableOf(job);
  const outcome = outdated ? ({ end: 'done' } as const) : await runTurn(job, entry.input, entry.attempt);
  await finish(entry, outcome);
}

const indexed = (jobs: readonly Job[]) => new Map(jobs.map((job) => [job.name, job]));

async function runDue(jobs: readonly Job[], leaseSeconds: number): Promise<number> {
  const byName = indexed(jobs);
  let turns = 0;
  for (;;) {
    await cronPlanner(jobs, insert).plan();
    const due = [...(await waitingDue(50)), ...(await expired(50))];
    if (due.length === 0) return turns;
    for (const candidate of due) {
      const entry = await claim(candidate, newId(16), leaseSeconds);
      if (!entry) continue;
      await work(entry, byName);
      turns += 1;
    }
  }
}

async function depth(): Promise<QueueDepth> {
  const count = (filter: Record<string, unknown>) => QueueEntryModel.countDocuments(filter);
  const present = now();
  const [waiting, delayed, running, dead] = await Promise.all([
    count({ state: { $in: ['urgent', 'waiting'] }, runAt: { $lte: present } }),
    count({ state: { $in: ['urgent', 'waiting'] }, runAt: { $gt: present } }),
    count({ state: 'running' }),
    count({ state: 'dead' }),
  ]);
  return { waiting, delayed, running, dead };
}

async function deadLetters(limit: number): Promise<DeadLetter[]> {
  const rows = await QueueEntryModel.find({ state: 'dead' }).sort({ runAt: -1 }).limit(limit).lean();
  return rows.map((row) => ({
    id: row._id,
    name: row.name,
    attempts: row.attempt,
    kind: row.errorKind ?? 'Error',
    at: row.endedAt ?? row.runAt,
  }));
}

async function beginAnew(id: string): Promise<boolean> {
  const change = {
    $set: { state: 'waiting' as const, runAt: now(), attempt: 0 },
    $unset: { errorKind: 1, endedAt: 1, expireAt: 1 },
  };
  return (await QueueEntryModel.updateOne({ _id: id, state: 'dead' }, change)).matchedCount > 0;
}

const quick = 0.05;

type LoopOptions = Required<MongoQueueOptions>;

/** Looks for work quickly while there is some, ever more seldom while there is none, and at once when told. */
function workerLoop({ leaseSeconds, concurrency, idleSeconds }: LoopOptions) {
  const running = new Map<QueueEntry, Promise<void>>();
  let jobs: readonly Job[] = [];
  let going = false;
  let loop: Promise<void> = Promise.resolve();
  let heart: NodeJS.Timeout | undefined;
  let endRest: (() => void) | undefined;
  let called = false;
  let wakeTime = Infinity;
  let pause = quick;

  const wake = () => {
    called = true;
    pause = quick;
    endRest?.();
  };
  const wakeAt = (time: Date) => {
    if (!going) return;
    if (time.getTime() <= now().getTime()) wake();
    else wakeTime = Math.min(wakeTime, time.getTime());
  };

  async function rest(): Promise<void> {
    if (called) return;
    const untilKnown = wakeTime - now().getTime();
    const milliseconds = Math.max(10, Math.min(pause * 1000, untilKnown));
    if (untilKnown <= milliseconds) wakeTime = Infinity;
    pause = Math.min(pause * 2, idleSeconds);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    endRest = undefined;
  }

  let looked = 0;
  async function take(byName: ReadonlyMap<string, Job>): Promise<number> {
    const free = (isCrowded() ? 1 : concurrency) - running.size;
    if (free <= 0) return 0;
    const lookForLost = Date.now() - looked > (leaseSeconds * 1000) / 3;
    if (lookForLost) looked = Date.now();
    const candidates = [...(lookForLost ? await expired(free) : []), ...(await waitingDue(free))];
    let taken = 0;
    for (const candidate of candidates.slice(0, free)) {
      if (!going) break;
      const entry = await claim(candidate, newId(16), leaseSeconds);
      if (!entry) continue;
      taken += 1;
      const turn = work(entry, byName)
        .catch(() => undefined) // the outcome could not be written: the lease falls back and the job runs again
        .finally(() => {
          running.delete(entry);
          wake();
        });
      running.set(entry, turn);
    }
    return taken;
  }

  async function cycle(): Promise<void> {
    const byName = indexed(jobs);
    const planner = cronPlanner(jobs, insert);
    while (going) {
      let taken = 0;
      called = false;
      try {
        const next = await planner.plan();
        if (next) wakeTime = Math.min(wakeTime, next.getTime());
        taken = await take(byName);
      } catch {
        pause = idleSeconds; // the database is away; its own health check tells
      }
      if (going && (taken === 0 || running.size >= concurrency)) await rest();
      if (going) await standBack();
    }
  }

  return {
    wakeAt,
    async start(given: readonly Job[]) {
      if (going) return;
      await indexesMade();
      jobs = given;
      going = true;
      heart = setInterval(
        () => void renew([...running.keys()], leaseSeconds).catch(() => undefined),
        (leaseSeconds * 1000) / 3,
      );
      loop = cycle();
    },
    async stop(graceSeconds: number) {
      if (!going) return;
      going = false;
      wake();
      await loop;
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceSeconds * 1000);
      });
      await Promise.race([Promise.all(running.values()), grace]);
      clearTimeout(timer);
      clearInterval(heart);
    },
  };
}
