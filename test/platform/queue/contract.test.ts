import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { z } from 'zod';
import { config } from '../../../src/config.ts';
import { conflict, tooMany } from '../../../src/kernel/errors.ts';
import { newId } from '../../../src/kernel/id.ts';
import { setClock } from '../../../src/kernel/time.ts';
import { bullQueue } from '../../../src/platform/queue/bullQueue.ts';
import { defineJob } from '../../../src/platform/queue/job.ts';
import { mongoQueue } from '../../../src/platform/queue/mongoQueue.ts';
import {
  closeQueue,
  deadLetters,
  enqueue,
  inBackground,
  queueDepth,
  runDueJobs,
  startWorker,
  stopWorker,
  useQueue,
} from '../../../src/platform/queue/queue.ts';
import { useDatabase } from '../../support/database.ts';
import { startRedis, type RedisServer } from '../../support/redisServer.ts';
import { until } from '../../support/until.ts';

const input = z.object({ id: z.string() });
type Log = string[];

/** Ends the job `very-slow`. */
let letGo = (): void => undefined;

/** A job that notes what it does and does what its identifier says. */
function notedJob(log: Log) {
  return defineJob({
    name: 'test.noted',
    input,
    attempts: 3,
    backoffSeconds: 0.02,
    async run({ id }, { attempt, last }) {
      log.push(`${id} ${attempt}${last ? ' last' : ''}`);
      if (id === 'poison') throw new TypeError('Cannot write to citizen@example.com');
      if (id === 'second-time' && attempt === 1) throw new Error('not yet');
      if (id === 'refused') throw conflict();
      if (id === 'busy' && attempt === 1) throw tooMany(60);
      if (id === 'slow') await new Promise((resolve) => setTimeout(resolve, 300));
      if (id === 'very-slow') await new Promise<void>((resolve) => (letGo = resolve));
    },
  });
}

/** Lets a worker rest as long as it ever does: its look at the database fails, and it waits for the next. */
async function fallAsleep(): Promise<void> {
  let failed = false;
  mongoose.set('debug', () => {
    failed = true;
    throw new Error('the database is away');
  });
  await until(() => failed);
  mongoose.set('debug', false);
}

const queues = ['mongo', 'redis'] as const;

describe.each(queues)('a queue on %s', (kind) => {
  useDatabase();
  let redis: RedisServer;
  let prefix: string;
  let children: ChildProcess[] = [];

  beforeAll(async () => {
    if (kind === 'redis') redis = await startRedis();
  });
  afterAll(async () => {
    if (kind === 'redis') await redis.stop();
  });
  afterEach(async () => {
    setClock();
    for (const child of children) child.kill('SIGKILL');
    children = [];
    await stopWorker(1);
    await closeQueue();
    await mongoose.connection.collection('jobs').deleteMany({});
    useQueue(mongoQueue());
  });

  /** Begins a fresh, empty queue. A worker that rests looks again after so many seconds unless it is told of work. */
  function open({ leaseSeconds = 30, keys = newId(), idleSeconds = 2 } = {}): void {
    prefix = keys;
    useQueue(
      kind === 'mongo' ? mongoQueue({ leaseSeconds, idleSeconds }) : bullQueue(redis.url, { leaseSeconds, prefix }),
    );
  }

  it('runs a job soon after it was enqueued, once', async () => {
    open({ idleSeconds: 3600 });
    const log: Log = [];
    const job = notedJob(log);
    await startWorker([job]);
    if (kind === 'mongo') await fallAsleep();
    await enqueue(job, { id: 'a' });
    await until(() => log.length > 0);
    await until(async () => (await queueDepth()).running === 0);
    expect(log).toEqual(['a 1']);
    expect(await queueDepth()).toEqual({ waiting: 0, delayed: 0, running: 0, dead: 0 });
  });

  it('lets what somebody waits for go first, however much waits', async () => {
    open();
    const log: Log = [];
    const job = notedJob(log);
    for (let n = 0; n < 120; n += 1) await enqueue(job, { id: `bulk-${n}` });
    await enqueue(job, { id: 'code' }, { urgent: true });
    await runDueJobs([job]);
    expect(log).toHaveLength(121);
    expect(log[0]).toBe('code 1');
  });

  it('tries again after a failure, and says which try is the last', async () => {
    open();
    const log: Log = [];
    const job = notedJob(log);
    await startWorker([job]);
    await enqueue(job, { id: 'second-time' });
    await enqueue(job, { id: 'poison' });
    await until(async () => (await deadLetters()).length === 1);
    expect(log.filter((line) => line.startsWith('second'))).toEqual(['second-time 1', 'second-time 2']);
    expect(log.filter((line) => line.startsWith('poison'))).toEqual(['poison 1', 'poison 2', 'poison 3 last']);
  });

  it('does not end before what is on its way in the background is in the queue', async () => {
    open();
    const job = notedJob([]);
    const slowly = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await enqueue(job, { id: 'late' });
    };
    inBackground(slowly());
    inBackground(Promise.reject(new Error('nobody hears of it')));
    await closeQueue();
    useQueue(kind === 'mongo' ? mongoQueue() : bullQueue(redis.url, { prefix }));
    expect((await queueDepth()).waiting).toBe(1);
  });

  it('keeps of a dead letter what kind of error it was and nothing that the error said', async () => {
    open();
    const job = notedJob([]);
    await enqueue(job, { id: 'poison' });
    await until(async () => {
      await runDueJobs([job]);
      return (await deadLetters()).length === 1;
    });
    expect(await deadLetters()).toMatchObject([{ name: 'test.noted', attempts: 3, kind: 'TypeError' }]);
    expect(await queueDepth()).toMatchObject({ dead: 1, delayed: 0 });
    if (kind === 'mongo') {
      const rows = await mongoose.connection.collection('jobs').find().toArray();
      expect(JSON.stringify(rows)).not.toContain('example.com');
    } else {
      const queue = bullQueue(redis.url, { prefix });
      expect(JSON.stringify(await queue.deadLetters(5))).not.toContain('example.com');
      await queue.close();
    }
  });

  it('does not try again what the rules refused, but waits when told "too often"', async () => {
    open();
    const log: Log = [];
    const job = notedJob(log);
    await enqueue(job, { id: 'refused' });
    await enqueue(job, { id: 'busy' });
    await runDueJobs([job]);
    expect(log.toSorted()).toEqual(['busy 1', 'refused 1']);
    expect(await deadLetters()).toMatchObject([{ kind: 'refused conflict', attempts: 1 }]);
    expect(await runDueJobs([job])).toBe(0); // its minute is not over
    setClock(() => new Date(Date.now() + 61_000));
    await runDueJobs([job]);
    expect(log).toContain('busy 2');
  });

  it('keeps a job until its time, by the clock that tests move', async () => {
    open();
    const log: Log = [];
    const job = notedJob(log);
    await enqueue(job, { id: 'tomorrow' }, { delaySeconds: 86_400 });
    expect(await runDueJobs([job])).toBe(0);
    expect(await queueDepth()).toMatchObject({ delayed: 1 });
    setClock(() => new Date(Date.now() + 86_401_000));
    expect(await runDueJobs([job])).toBe(1);
    expect(log).toEqual(['tomorrow 1']);
  });

  it('runs once what was enqueued many times with one key, also long after it ran', async () => {
    open();
    const log: Log = [];
    const job = notedJob(log);
    await Promise.all(Array.from({ length: 20 }, () => enqueue(job, { id: 'once' }, { onceKey: 'remind 7' })));
    await enqueue(job, { id: 'other' }, { onceKey: 'remind 8' });
    expect(await runDueJobs([job])).toBe(2);
    await enqueue(job, { id: 'once' }, { onceKey: 'remind 7' });
    expect(await runDueJobs([job])).toBe(0);
    expect(log.toSorted()).toEqual(['once 1', 'other 1']);
  });

  it('lets running jobs finish when it is stopped, and takes no further ones', async () => {
    open();
    const log: Log = [];
    const job = notedJob(log);
    await startWorker([job]);
    await enqueue(job, { id: 'slow' });
    await until(() => log.includes('slow 1'));
    await stopWorker(60);
    expect(await queueDepth()).toMatchObject({ running: 0, dead: 0 });
    await enqueue(job, { id: 'later' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(log).toEqual(['slow 1']);
    expect(await queueDepth()).toMatchObject({ waiting: 1 });
  });

  it('does not wait for a job longer than it may when it is stopped', async () => {
    open();
    const log: Log = [];
    const job = notedJob(log);
    await startWorker([job]);
    await enqueue(job, { id: 'very-slow' });
    await until(() => log.length > 0);
    await stopWorker(0.3); // it would wait for ever
    letGo();
  });

  it('never runs one job in two workers at the same time', async () => {
    open();
    const log: Log = [];
    const job = notedJob(log);
    const second = kind === 'mongo' ? mongoQueue() : bullQueue(redis.url, { prefix });
    await startWorker([job]);
    await second.start([job]);
    const ids = Array.from({ length: 100 }, (_, index) => `n${index}`);
    await Promise.all(ids.map((id) => enqueue(job, { id })));
    await until(() => log.length >= 100);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await second.stop(2);
    await second.close();
    expect(log.toSorted()).toEqual(ids.map((id) => `${id} 1`).toSorted());
  });

  it('runs by a timetable in its own time zone, once however many processes plan it', async () => {
    open();
    const runs: string[] = [];
    let present = Date.parse('2026-11-22T23:30:00Z'); // 07:30 in Shanghai, the next day
    setClock(() => new Date(present));
    const daily = defineJob({
      name: 'test.daily',
      input: z.object({}),
      cron: '0 8 * * *',
      run: async () => runs.push(new Date(present).toISOString()),
    });
    expect(await runDueJobs([daily])).toBe(0);
    present = Date.parse('2026-11-22T23:59:59Z');
    expect(await runDueJobs([daily])).toBe(0);
    present = Date.parse('2026-11-23T00:00:01Z');
    await Promise.all([runDueJobs([daily]), runDueJobs([daily])]);
    expect(runs).toEqual(['2026-11-23T00:00:01.000Z']);
    present = Date.parse('2026-11-26T03:00:00Z'); // three mornings later: made up for once
    await runDueJobs([daily]);
    expect(runs).toHaveLength(2);
  });

  it('forgets what an older timetable had planned', async () => {
    open();
    let present = Date.parse('2026-11-22T23:30:00Z');
    setClock(() => new Date(present));
    const runs: string[] = [];
    const declared = (cron: string) =>
      defineJob({ name: 'test.moved', input: z.object({}), cron, run: async () => runs.push(cron) });
    await runDueJobs([declared('0 8 * * *')]);
    present = Date.parse('2026-11-23T00:30:00Z');
    await runDueJobs([declared('0 9 * * *')]);
    expect(runs).toEqual([]);
    present = Date.parse('2026-11-23T01:00:01Z');
    await runDueJobs([declared('0 9 * * *')]);
    expect(runs).toEqual(['0 9 * * *']);
  });

  it('runs a job again whose worker was killed with -9 in the middle of it', async () => {
    open({ leaseSeconds: 6, keys: 'wenzheng' });
    const again: Log = [];
    const victim = defineJob({
      name: 'test.victim',
      input,
      attempts: 2,
      backoffSeconds: 0.05,
      run: async ({ id }) => again.push(id),
    });
    const child = startVictim();
    await enqueue(victim, { id: 'x' });
    await child.said('begun x');
    child.process.kill('SIGKILL');
    await startWorker([victim]);
    await until(() => again.length > 0);
    expect(again).toEqual(['x']);
    await until(async () => (await queueDepth()).running === 0);
    expect(await queueDepth()).toMatchObject({ waiting: 0, dead: 0 });
  });

  function startVictim() {
    const script = fileURLToPath(new URL('./victim.ts', import.meta.url));
    const place = kind === 'mongo' ? [config.mongodbUri ?? '', mongoose.connection.name] : [redis.url];
    const child = spawn(process.execPath, [script, kind, ...place], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return { process: child, said: (words: string) => until(() => output.includes(words)) };
  }
});
