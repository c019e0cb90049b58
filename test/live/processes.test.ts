import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { openLive, type Live } from '../../src/browser/live/live.ts';
import { useDatabase } from '../support/database.ts';
import { startRedis, type RedisServer } from '../support/redisServer.ts';
import { until } from '../support/until.ts';

useDatabase();
const children: ChildProcess[] = [];
const pages: Live[] = [];
let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(async () => {
  for (const page of pages) page.close();
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await redis.stop();
});

async function startPeer(): Promise<{ child: ChildProcess; origin: string }> {
  const file = fileURLToPath(new URL('./peer.ts', import.meta.url));
  const child = fork(file, [mongoose.connection.name], {
    env: { ...process.env, REDIS_URL: redis.url, NODE_OPTIONS: '' },
    execArgv: [],
  });
  children.push(child);
  const [port] = (await once(child, 'message')) as [number];
  return { child, origin: `http://127.0.0.1:${port}` };
}

function openAt(origin: string, person?: string) {
  const doors = { origin, csrfToken: () => '', fetch: (...request: Parameters<typeof fetch>) => fetch(...request) };
  const live = openLive(doors, person === undefined ? undefined : { 'x-person': person });
  pages.push(live);
  const given: string[] = [];
  const seen = { live, given, online: 0, state: '' };
  live.joinRoom({
    kind: 'shared',
    id: 'r',
    audience: 'public',
    since: 0,
    onRows: (rows) => given.push(...rows.map((row) => row.id)),
    onCounters: (counters) => (seen.online = Number(counters['online'] ?? seen.online)),
    onState: (state) => (seen.state = state),
  });
  return seen;
}

it('serves one room from two processes, and goes on when one of them is killed', async () => {
  const [one, two] = await Promise.all([startPeer(), startPeer()]);
  const here = openAt(one.origin);
  const there = openAt(two.origin);
  await until(() => here.state === 'live' && there.state === 'live');
  const write = (page: { live: Live }, id: string) => page.live.act('write', { id });
  await Promise.all(
    Array.from({ length: 10 }, (_, index) => [write(here, `a${index}`), write(there, `b${index}`)]).flat(),
  );
  await until(() => here.given.length === 20 && there.given.length === 20);
  const stored = await mongoose.connection.collection('rows').find().toArray();
  expect(new Set(stored.map((row) => row['revision'] as number)).size).toBe(20);
  await until(() => here.online === 2 && there.online === 2);

  // Somebody with a tab at each process is one person
  for (const origin of [one.origin, two.origin]) openAt(origin, 'both');
  await until(() => here.online === 3 && there.online === 3);

  two.child.kill('SIGKILL');
  await until(() => there.state === 'offline');
  expect(await write(here, 'after')).toMatchObject({ ok: true });
  await until(() => here.given.includes('after'));
  const late = openAt(one.origin);
  await until(() => late.given.length === 21);
  expect(here.given.toSorted()).toEqual(late.given.toSorted());
  // Who was only with the killed process is forgotten: left are those of the first, with the late one
  await until(() => here.online === 3 && late.online === 3);
});
