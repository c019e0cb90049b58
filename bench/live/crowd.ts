import { setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from './child.ts';
import { Client, type Delta, type Listener, type Target } from './client.ts';
import { Figures } from './figures.ts';
import { questionText } from './room.ts';

let clients: Client[] = [];
let failures = 0;
let each = new Figures();
let wire = new Figures();
let lastOf = new Map<string, { at: number; last: number; had: number }>();
let bytes = 0;
let refused = 0;
let acknowledgedAt = new Figures();
const pending = new Map<string, { at: number; done: (ok: boolean) => void }>();

const listener: Listener = {
  received(_client: Client, delta: Delta, size: number) {
    const now = Date.now();
    bytes += size;
    if (size > 0 && delta.rows.length > 0) wire.add(now - delta.at);
    for (const row of delta.rows) {
      const known = lastOf.get(row.id);
      if (!known) continue;
      each.add(now - row.at);
      known.at = row.at;
      known.last = now;
      known.had += 1;
    }
  },
  acknowledged(client, number, answer) {
    const key = `${client.index}/${number}`;
    const waiting = pending.get(key);
    if (!waiting) return;
    pending.delete(key);
    acknowledgedAt.add(performance.now() - waiting.at);
    waiting.done(answer.ok);
  },
  closed: () => undefined,
};

/** Brings people in at an even pace; gives how long it took until the last was up to date, and who failed. */
async function open(plan: { target: Target; people: number; since: number; overMs: number }) {
  const began = performance.now();
  const first = clients.length;
  const took = new Figures();
  failures = 0;
  const joining = Array.from({ length: plan.people }, async (_, index) => {
    const client = new Client(first + index, plan.target, plan.since, listener);
    clients.push(client);
    await sleep((index / plan.people) * plan.overMs);
    await enter(client, took);
  });
  await Promise.all(joining);
  return { seconds: (performance.now() - began) / 1_000, failures, took: took.summary() };
}

async function enter(client: Client, took: Figures): Promise<void> {
  const began = performance.now();
  try {
    await client.join();
    took.add(performance.now() - began);
  } catch {
    failures += 1;
  }
}

/** Everybody's connection breaks at once. */
function drop(): void {
  for (const client of clients) client.drop();
}

/** Everybody returns, each at a random moment of the spread. */
async function comeBack({ port, spreadMs }: { port: number; spreadMs: number }) {
  const began = performance.now();
  const took = new Figures();
  failures = 0;
  await Promise.all(
    clients.map(async (client) => {
      (client.target as { port: number }).port = port;
      await sleep(Math.random() * spreadMs);
      await enter(client, took);
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  return { seconds, failures, took: took.summary(), revisions: spreadOfRevisions() };
}

function spreadOfRevisions() {
  const revisions = clients.map((client) => client.revision);
  return { lowest: Math.min(...revisions), highest: Math.max(...revisions) };
}

function act(client: Client, name: string, input: unknown): Promise<boolean> {
  return new Promise((resolve) => {
    const number = client.act(name, input);
    pending.set(`${client.index}/${number}`, { at: performance.now(), done: resolve });
  });
}

interface Load {
  rooms: string[];
  seconds: number;
  questionsPerSecond: number;
  votesPerSecond: number;
}
const acknowledged = { questions: [] as string[], votes: [] as string[] };

/** Publishes questions in each room and votes from random people, evenly over the time; then waits for the last beat. */
async function load(plan: Load) {
  each = new Figures();
  wire = new Figures();
  acknowledgedAt = new Figures();
  lastOf = new Map();
  bytes = 0;
  refused = 0;
  for (const client of clients) client.rows = 0;
  const cpuAt = process.cpuUsage();
  const began = performance.now();
  const publishing = plan.rooms.map((roomId, index) => publishIn(roomId, plan, index / plan.rooms.length));
  await Promise.all([...publishing, vote(plan)]);
  const cpu = process.cpuUsage(cpuAt);
  const seconds = (performance.now() - began) / 1_000;
  await sleep(2_500);
  return { ...missed(plan), crowdCpu: (cpu.user + cpu.system) / 1e6 / seconds, megabytes: bytes / 1e6 };
}

async function publishIn(roomId: string, plan: Load, phase: number): Promise<void> {
  // Several people, because one alone would be slowed for talking too much.
  const publishers = clients.filter((client) => client.target.roomId === roomId).slice(0, 10);
  const total = Math.round(plan.seconds * plan.questionsPerSecond);
  const began = performance.now();
  for (let index = 0; index < total; index += 1) {
    const due = began + ((index + phase) * 1_000) / plan.questionsPerSecond;
    await sleep(Math.max(0, due - performance.now()));
    const id = `${roomId}-${process.hrtime.bigint().toString(36)}`;
    const publisher = publishers[index % publishers.length];
    if (!publisher) throw new Error(`nobody is in ${roomId}`);
    lastOf.set(id, { at: 0, last: 0, had: 0 });
    void act(publisher, 'bench.publish', { roomId, id, text: questionText(index) }).then((ok) => {
      if (ok) acknowledged.questions.push(id);
      else refused += 1;
    });
  }
}

async function vote(plan: Load): Promise<void> {
  const total = Math.round(plan.seconds * plan.votesPerSecond);
  const began = performance.now();
  for (let index = 0; index < total; index += 1) {
    await sleep(Math.max(0, began + (index * 1_000) / plan.votesPerSecond - performance.now()));
    const client = clients[Math.floor(Math.random() * clients.length)];
    const questionId = acknowledged.questions[Math.floor(Math.random() * acknowledged.questions.length)];
    if (!client || !questionId) continue;
    void act(client, 'bench.vote', { roomId: client.target.roomId, questionId }).then((ok) => {
      if (ok) acknowledged.votes.push(`${questionId}/p${client.index}`);
      else refused += 1;
    });
  }
}

function missed(plan: Load) {
  const last = new Figures();
  for (const { at, last: had } of lastOf.values()) if (at > 0) last.add(had - at);
  const expected = lastOf.size / plan.rooms.length;
  let rows = 0;
  for (const client of clients) rows += Math.max(0, expected - client.rows);
  return {
    published: lastOf.size,
    unacknowledged: pending.size,
    refused,
    missed: rows,
    each: each.summary(),
    everybody: last.summary(),
    wire: wire.summary(),
    acknowledgement: acknowledgedAt.summary(),
  };
}

answerParent({
  open,
  drop,
  comeBack,
  load,
  acknowledged: () => acknowledged,
  watch: () => ((wire = new Figures()), undefined),
  wire: () => wire.summary(),
  close: () => {
    drop();
    clients = [];
    pending.clear();
  },
});
