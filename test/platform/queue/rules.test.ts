import { afterEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { z } from 'zod';
import { notFound } from '../../../src/kernel/errors.ts';
import { nextTime } from '../../../src/platform/queue/cron.ts';
import { defineJob, retryDelaySeconds } from '../../../src/platform/queue/job.ts';
import { mongoQueue } from '../../../src/platform/queue/mongoQueue.ts';
import { enqueue, runDueJobs, startWorker, stopWorker, useQueue } from '../../../src/platform/queue/queue.ts';
import { errorKind } from '../../../src/platform/queue/turn.ts';
import { useDatabase } from '../../support/database.ts';
import { until } from '../../support/until.ts';

describe('the wait before the next try', () => {
  const job = { backoffSeconds: 30, backoffCapSeconds: 600 };
  it.each([
    [1, 0, 30],
    [2, 0, 60],
    [3, 0, 120],
    [5, 0, 480],
    [6, 0, 600],
    [400, 0, 600],
    [1, 1, 36],
    [6, 0.5, 660],
  ])('after attempt %i with chance %f is %i seconds', (attempt, random, seconds) => {
    expect(retryDelaySeconds(job, attempt, random)).toBeCloseTo(seconds, 5);
  });
});

describe('the next time of a timetable', () => {
  it.each([
    ['0 8 * * *', 'Asia/Shanghai', '2026-11-22T23:00:00Z', '2026-11-23T00:00:00Z'],
    ['0 8 * * *', 'Asia/Shanghai', '2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z'],
    ['0 0 1 * *', 'Asia/Shanghai', '2026-12-31T15:59:59Z', '2026-12-31T16:00:00Z'], // New Year begins in the city
    ['0 8 * * 1-5', 'Asia/Shanghai', '2026-11-20T01:00:00Z', '2026-11-23T00:00:00Z'], // over the week-end
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00Z'], // an hour that does not exist
    ['*/5 * * * *', 'Asia/Shanghai', '2026-11-22T23:58:00Z', '2026-11-23T00:00:00Z'],
  ])('%s in %s after %s is %s', (cron, timeZone, after, next) => {
    expect(nextTime({ cron, timeZone }, new Date(after)).toISOString()).toBe(new Date(next).toISOString());
  });
});

describe('the kind of an error', () => {
  it.each([
    [new Error('secret words'), 'Error'],
    [Object.assign(new Error('to a@b.cn'), { code: 'ECONNREFUSED' }), 'Error ECONNREFUSED'],
    [Object.assign(new Error(''), { code: 'no such mailbox a@b.cn' }), 'Error'],
    [Object.assign(new Error(''), { code: 11000 }), 'Error 11000'],
    [notFound(), 'refused not-found'],
    ['a text', 'string'],
    [null, 'object'],
  ])('of %p is %s', (error, kind) => {
    expect(errorKind(error)).toBe(kind);
  });
});

describe('declaring and enqueueing', () => {
  useDatabase();
  afterEach(async () => {
    await stopWorker(0);
    useQueue(mongoQueue());
  });
  const job = defineJob({ name: 'test.strict', input: z.object({ id: z.string() }), run: async () => undefined });

  it('refuses a timetable for a job that needs an input', () => {
    const declare = () =>
      defineJob({
        name: 'test.wrong',
        input: z.object({ id: z.string() }),
        cron: '0 8 * * *',
        run: async () => undefined,
      });
    expect(declare).toThrow(/must accept/);
  });

  it('refuses input that does not fit, before anything is stored', async () => {
    await expect(enqueue(job, { id: { $gt: '' } } as never)).rejects.toThrow();
    expect(await mongoose.connection.collection('jobs').countDocuments()).toBe(0);
  });

  it('refuses two jobs of one name', async () => {
    await expect(startWorker([job, job])).rejects.toThrow(/same name/);
  });

  it('leaves a job for a worker that knows it', async () => {
    await enqueue(job, { id: 'x' });
    expect(await runDueJobs([])).toBe(1);
    const row = await mongoose.connection.collection('jobs').findOne();
    expect(row).toMatchObject({ state: 'waiting', errorKind: 'unknown-job' });
  });

  it('asks the database seldom when nothing happens', async () => {
    const queue = mongoQueue();
    useQueue(queue);
    await startWorker([job]);
    await new Promise((resolve) => setTimeout(resolve, 1600)); // gone quiet
    let finds = 0;
    mongoose.set('debug', (collection: string) => {
      if (collection === 'jobs') finds += 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(finds).toBeLessThanOrEqual(8); // who looks as quickly as at first looks fifty times
    await until(() => finds > 0);
    mongoose.set('debug', false);
  });

  it('gives up a job that kills every worker that takes it', async () => {
    await mongoose.connection.collection('jobs').insertOne({
      _id: 'poison' as never,
      name: 'test.strict',
      input: { id: 'x' },
      state: 'running',
      runAt: new Date(0),
      attempt: job.attempts,
      lease: 'of-a-dead-worker',
      leaseUntil: new Date(0),
    });
    await runDueJobs([job]);
    expect(await mongoose.connection.collection('jobs').findOne({ _id: 'poison' as never })).toMatchObject({
      state: 'dead',
      errorKind: 'worker-lost',
    });
  });
});
