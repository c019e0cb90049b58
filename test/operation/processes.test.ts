import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { newId } from '../../src/kernel/id.ts';
import { QuestionModel, SupportModel } from '../../src/interview/questionModel.ts';
import { startRedis, type RedisServer } from '../support/redisServer.ts';
import { useDatabase } from '../support/database.ts';
import { interviewModels, makeInterview, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';
import { endPrograms, ready, startProgram, type Program } from './program.ts';
import { until } from '../support/until.ts';
import { scratchFolder } from '../support/scratch.ts';

useDatabase(interviewModels);
const folder = scratchFolder('wenzheng-processes-');
let redis: RedisServer;
let room: TestInterview;
let coming: TestInterview;

beforeAll(async () => {
  redis = await startRedis();
  room = await makeInterview('live');
  coming = await makeInterview('announced');
});
afterAll(async () => {
  await endPrograms();
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One process of a city that has several: the same database, Redis and secret, a role of its own. */
async function startRole(role: 'web' | 'worker'): Promise<Program> {
  const uri = new URL(config.mongodbUri ?? '');
  uri.pathname = `/${mongoose.connection.name}`;
  const program = await startProgram({
    NODE_ENV: 'test',
    MONGODB_URI: uri.href,
    REDIS_URL: redis.url,
    DATA_FOLDER: folder,
    ROLES: role,
  });
  await ready(program);
  return program;
}

async function visitorAt({ base }: Program): Promise<Visitor> {
  const visitor = new Visitor(base);
  await visitor.open(`/interviews/${room.id}`);
  return visitor;
}

/** Does something as the page would; gives what was acknowledged, nothing when the process is gone. */
async function attempt(by: Visitor, name: string, input: object): Promise<Record<string, unknown> | undefined> {
  try {
    const { status, body } = await by.call('/live/act', { name, input: { interviewId: room.id, ...input } });
    return status === 200 ? (((body as { value: unknown }).value ?? {}) as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

interface Snapshot {
  to: number;
  rows: { id: string; kind: string; revision: number; state?: string }[];
  counters: { votes?: Record<string, number>; asked?: number };
}
async function snapshot(by: Visitor, audience: string): Promise<Snapshot> {
  const response = await by.fetch(`/live/interview/${room.id}/${audience}/delta?since=0`);
  expect(response.status).toBe(200);
  return (await response.json()) as Snapshot;
}
const questionsOf = ({ rows }: Snapshot) =>
  rows
    .filter(({ kind }) => kind === 'question')
    .map(({ id, revision, state }) => `${id}@${revision} ${state}`)
    .toSorted();

it('serves one room by two web processes and a worker while one of them is killed', async () => {
  const [one, two] = [await startRole('web'), await startRole('web')];
  const worker = await startRole('worker');
  const screener = new Visitor(two.base);
  const cookie = await staffCookie(room.people.screener.id);
  screener.setCookie(cookie.name, cookie.value);
  await screener.open(`/interviews/${room.id}`);
  const [here, there] = [
    await Promise.all(Array.from({ length: 6 }, () => visitorAt(one))),
    await Promise.all(Array.from({ length: 6 }, () => visitorAt(two))),
  ];

  const asked: string[] = [];
  const published: string[] = [];
  const votes: string[] = [];
  const askAndPublish = async (by: Visitor) => {
    const question = await attempt(by, 'interview.ask', { text: `什么时候修好这条路？${newId()}`, formKey: newId(16) });
    if (!question) return;
    const questionId = String(question['id']);
    asked.push(questionId);
    if (await attempt(screener, 'interview.screening.publish', { questionId })) published.push(questionId);
  };
  await Promise.all([...here, ...there].map(askAndPublish));
  expect([asked.length, published.length]).toEqual([12, 12]);

  // The last questions and supports come while the first process dies
  const supports = published.flatMap((questionId) =>
    [...here, ...there].map(async (by, index) => {
      if (await attempt(by, 'interview.support', { questionId })) votes.push(`${questionId}/${index}`);
    }),
  );
  const more = [...here, ...there].map(askAndPublish);
  setTimeout(() => one.child.kill('SIGKILL'), 150);
  await Promise.all([...supports, ...more]);
  expect(await one.ended).toBe('SIGKILL');
  await Promise.all(there.map(askAndPublish));
  expect(published.length).toBeGreaterThanOrEqual(18);

  // Everything acknowledged is there, once, each with a number of its own
  const stored = await QuestionModel.find({ interviewId: room.id }).lean();
  const ids = stored.map(({ _id }) => _id);
  expect(asked.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(stored.map(({ text }) => text)).size).toBe(stored.length);
  expect(new Set(stored.map(({ revision }) => revision)).size).toBe(stored.length);
  const marks = await SupportModel.find({ interviewId: room.id }).lean();
  expect(marks.length).toBeGreaterThanOrEqual(votes.length);

  // A process that starts now and reads everything anew shows what the surviving one has in memory
  const three = await startRole('web');
  const newcomer = new Visitor(three.base);
  newcomer.setCookie(cookie.name, cookie.value);
  const agree = async () => {
    const [old, fresh] = [await snapshot(screener, 'desk'), await snapshot(newcomer, 'desk')];
    return JSON.stringify(questionsOf(old)) === JSON.stringify(questionsOf(fresh));
  };
  await until(agree);
  const shown = (await snapshot(newcomer, 'desk')).counters.votes ?? {};
  expect(Object.values(shown).reduce((sum, count) => sum + count, 0)).toBe(marks.length);

  // Work is done by the worker alone, over Bull
  const form = await (await visitorAt(two)).send(`/interviews/${coming.id}/reminder`, { email: 'a@example.com' });
  expect(form.status).toBe(303);
  await until(async () => (await mongoose.connection.collection('mails').findOne({ state: 'sent' })) !== null);
  const client = new Redis(redis.url);
  const keys = await client.keys('wenzheng:jobs*');
  client.disconnect();
  expect(keys.length).toBeGreaterThan(0);
  expect(await mongoose.connection.collection('jobs').countDocuments()).toBe(0);
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
});
