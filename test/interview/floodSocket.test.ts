import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { QuestionModel, SupportModel } from '../../src/interview/questionModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { useApp } from '../support/app.ts';
import { askPublished, makeInterview, type TestInterview } from '../support/interview.ts';
import { patience } from '../support/until.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let live: TestInterview;
const open: Socket[] = [];
beforeAll(async () => {
  live = await makeInterview('live');
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

interface Answer {
  ok: boolean;
  error?: { code: string; retryAfter?: number };
}

/** A person with so many open pages. */
async function person(pages = 1): Promise<Socket[]> {
  const visitor = new Visitor(app.base);
  await visitor.open(`/interviews/${live.id}`);
  const extraHeaders = { cookie: visitor.cookie, origin: app.base };
  const sockets = Array.from({ length: pages }, () =>
    io(app.base, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders }),
  );
  open.push(...sockets);
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', () => resolve(null)))));
  return sockets;
}

const ask = (socket: Socket) =>
  act(socket, 'interview.ask', { text: `什么时候修好这条路？${newId()}`, formKey: newId(16) });
const support = (socket: Socket, questionId: string) => act(socket, 'interview.support', { questionId });

/** What was acknowledged and how long it took; nothing when the socket was ended before. */
async function act(socket: Socket, name: string, input: object): Promise<{ answer?: Answer; ms: number }> {
  const begun = performance.now();
  const sent = socket.timeout(patience).emitWithAck('act', name, { interviewId: live.id, ...input }) as Promise<Answer>;
  const answer = await sent.catch(() => undefined);
  return { ...(answer ? { answer } : {}), ms: performance.now() - begun };
}

type Done = Awaited<ReturnType<typeof act>>;
const tally = (all: readonly Done[]) => ({
  taken: all.filter(({ answer }) => answer?.ok).length,
  slowed: all.filter(({ answer }) => answer?.error?.code === 'too-many').length,
  slowest: Math.max(...all.map(({ ms }) => ms)),
});

it('slows one who floods questions over several pages, and takes those of others in the meantime', async () => {
  const [flooding, others] = [await person(4), await Promise.all(Array.from({ length: 6 }, () => person()))];
  const before = await QuestionModel.countDocuments({ interviewId: live.id });
  const flood = Promise.all(flooding.flatMap((socket) => Array.from({ length: 60 }, () => ask(socket))));
  const rest = tally(await Promise.all(others.flatMap(([socket]) => (socket ? [ask(socket), ask(socket)] : []))));
  expect(rest).toMatchObject({ taken: 12, slowed: 0 });
  expect(rest.slowest).toBeLessThan(20_000);
  const flooded = tally(await flood);
  expect(flooded.taken).toBe(6); // web.limit-interview-ask-person, however many pages
  expect(flooded.slowed).toBeGreaterThan(50);
  expect(await QuestionModel.countDocuments({ interviewId: live.id })).toBe(before + 12 + 6);
});

it('slows one who floods supports, and counts those of others in the meantime', async () => {
  const questions = await Promise.all(Array.from({ length: 30 }, () => askPublished(live)));
  const [flooding, others] = [await person(4), await Promise.all(Array.from({ length: 6 }, () => person()))];
  const flood = Promise.all(
    flooding.flatMap((socket, page) =>
      Array.from({ length: 60 }, (_, n) => support(socket, questions[(n + page * 7) % questions.length] ?? '')),
    ),
  );
  const [first = ''] = questions;
  const rest = tally(await Promise.all(others.flatMap(([socket]) => (socket ? [support(socket, first)] : []))));
  expect(rest).toMatchObject({ taken: 6, slowed: 0 });
  expect(rest.slowest).toBeLessThan(20_000);
  const flooded = tally(await flood);
  expect(flooded.taken).toBeLessThanOrEqual(60); // web.limit-interview-support-person
  expect(flooded.slowed).toBeGreaterThan(50);
  expect([6, 7]).toContain(await SupportModel.countDocuments({ questionId: first }));
});

it('ends a socket that does not stop, and nobody else’s', async () => {
  const [flooding, other] = [await person(), await person()];
  const [loud, calm] = [flooding[0] as Socket, other[0] as Socket];
  const ended = new Promise((resolve) => loud.once('disconnect', () => resolve('ended')));
  const shouting = setInterval(() => {
    for (let n = 0; n < 200; n += 1) loud.emit('act', 'interview.support', {});
  }, 50);
  expect(
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, patience, 'still there').unref())]),
  ).toBe('ended');
  clearInterval(shouting);
  expect(calm.connected).toBe(true);
  expect((await ask(calm)).answer?.ok).toBe(true);
});
