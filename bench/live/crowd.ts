import { setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from './child.ts';
import type { Prepared } from './city.ts';
import { Client, type Answer, type Delta, type Listener, type Target } from '../../src/demo/crowd/client.ts';
import { deviceCookie, deviceId } from './cookies.ts';
import { Figures } from './figures.ts';
import { answerText, questionText } from './texts.ts';

let clients: Client[] = [];
let staff = new Map<string, Desk>();
let failures = 0;
let each = new Figures();
let wire = new Figures();
/** Questions of the load: their room, when published, when the last client had it, and how many have it. */
let lastOf = new Map<string, { roomId: string; revision: number; at: number; last: number; told: boolean }>();
let bytes = 0;
let refused = 0;
let why = '';
let acknowledgedAt = new Figures();
const pending = new Map<string, { at: number; done: (answer: Answer) => void }>();

const listener: Listener = {
  received(_client: Client, delta: Delta, size: number) {
    const now = Date.now();
    bytes += size;
    if (size > 0 && delta.rows.length > 0) wire.add(now - delta.at);
    for (const row of delta.rows) {
      const known = lastOf.get(row.id);
      if (!known) continue;
      // A question that is answered comes again; what is measured is when it was published
      known.revision ||= row.revision;
      if (row.revision !== known.revision) continue;
      each.add(now - row.at);
      known.at = row.at;
      known.last = now;
    }
  },
  acknowledged(client, number, answer) {
    const key = `${client.index}/${number}`;
    const waiting = pending.get(key);
    if (!waiting) return;
    pending.delete(key);
    acknowledgedAt.add(performance.now() - waiting.at);
    waiting.done(answer);
  },
  closed: () => undefined,
};
/** Officials hear their desk's rows, which are not what is measured. */
const deskListener: Listener = { ...listener, received: () => undefined };

/** The people who work in one interview, each on a socket of their own. */
interface Desk {
  room: Prepared;
  screener: Client;
  guest: Client;
  recorder: Client;
  published: string[];
}

/** Brings people in at an even pace; gives how long it took until the last was up to date, and who failed. */
async function open(plan: { target: Target; people: number; since: number; overMs: number }) {
  const began = performance.now();
  const first = clients.length;
  const took = new Figures();
  failures = 0;
  const joining = Array.from({ length: plan.people }, async (_, index) => {
    const client = new Client(first + index, plan.target, plan.since, listener, deviceCookie(first + index));
    clients.push(client);
    await sleep((index / plan.people) * plan.overMs);
    await enter(client, took);
  });
  await Promise.all(joining);
  return { seconds: (performance.now() - began) / 1_000, failures, took: took.summary() };
}

/** Seats screener, guest and recorder of each interview at their desks. */
async function seat({ port, rooms }: { port: number; rooms: Prepared[] }): Promise<void> {
  failures = 0;
  for (const room of rooms) {
    const target: Target = { port, roomId: room.id, audience: 'desk' };
    const { cookies } = room;
    const sit = (place: number, cookie: string) =>
      new Client(20_000 + staff.size * 3 + place, target, room.revision, deskListener, cookie);
    const desk = {
      room,
      screener: sit(0, cookies.screener),
      guest: sit(1, cookies.guest),
      recorder: sit(2, cookies.recorder),
      published: [],
    };
    staff.set(room.id, desk);
    await Promise.all([desk.screener.join(), desk.guest.join(), desk.recorder.join()]);
  }
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

/** Everybody returns, each at a random moment of the spread; officials at once. */
async function comeBack({ port, spreadMs }: { port: number; spreadMs: number }) {
  const began = performance.now();
  const took = new Figures();
  failures = 0;
  const cpuAt = process.cpuUsage();
  const officials = [...staff.values()].flatMap(({ screener, guest, recorder }) => [screener, guest, recorder]);
  await Promise.all([
    ...officials.map((one) => (one.joined ? undefined : one.join().catch(() => undefined))),
    ...clients.map(async (client) => {
      (client.target as { port: number }).port = port;
      if (client.joined) return;
      await sleep(Math.random() * spreadMs);
      await enter(client, took);
    }),
  ]);
  const seconds = (performance.now() - began) / 1_000;
  const cpu = process.cpuUsage(cpuAt);
  const crowdCpu = (cpu.user + cpu.system) / 1e6 / seconds;
  return { seconds, failures, took: took.summary(), crowdCpu, revisions: spreadOfRevisions() };
}

function spreadOfRevisions() {
  const revisions = clients.map((client) => client.revision);
  return { lowest: Math.min(...revisions), highest: Math.max(...revisions) };
}

/** An act as its page sends it; without a connection, or when it breaks, there is no answer. */
function act(client: Client, name: string, input: unknown): Promise<Answer> {
  return new Promise((resolve) => {
    const number = client.act(name, input);
    if (number === 0) return;
    pending.set(`${client.index}/${number}`, {
      at: performance.now(),
      done: (answer) => {
        if (!answer.ok) {
          refused += 1;
          why = answer.error?.message ?? '';
        }
        resolve(answer);
      },
    });
  });
}

interface Load {
  rooms: string[];
  seconds: number;
  questionsPerSecond: number;
  votesPerSecond: number;
  /** Answers, and turns of the record, a second. */
  answersPerSecond?: number;
  /** People who leave and are followed by others, a second. */
  changesPerSecond?: number;
}
const acknowledged = {
  questions: [] as string[],
  published: [] as string[],
  votes: [] as string[],
  answers: [] as string[],
  turns: [] as string[],
};

/** Questions are asked and published in each room, people support at random; then waits for the last beat. */
async function load(plan: Load) {
  each = new Figures();
  wire = new Figures();
  acknowledgedAt = new Figures();
  lastOf = new Map();
  bytes = 0;
  refused = 0;
  pending.clear();
  for (const client of clients) client.rows = 0;
  const cpuAt = process.cpuUsage();
  const began = performance.now();
  const publishing = plan.rooms.map((roomId, index) => publishIn(roomId, plan, index / plan.rooms.length));
  const answering = plan.rooms.map((roomId) => answerIn(roomId, plan));
  await Promise.all([...publishing, ...answering, vote(plan), changeSeats(plan)]);
  const cpu = process.cpuUsage(cpuAt);
  const seconds = (performance.now() - began) / 1_000;
  for (let waited = 0; pending.size > 0 && waited < 8_000; waited += 100) await sleep(100);
  await sleep(2_500);
  return { ...missed(), crowdCpu: (cpu.user + cpu.system) / 1e6 / seconds, megabytes: bytes / 1e6 };
}

/** Runs `deed` so many times a second, evenly, without waiting for it. */
async function evenly(seconds: number, perSecond: number, phase: number, deed: (index: number) => void) {
  const total = Math.round(seconds * perSecond);
  const began = performance.now();
  for (let index = 0; index < total; index += 1) {
    await sleep(Math.max(0, began + ((index + phase) * 1_000) / perSecond - performance.now()));
    deed(index);
  }
}

let named = 0;
/** A name never used before, also as the key of a form. */
const newName = () => `${process.pid}-${(named += 1)}-${Date.now().toString(36)}`;

function publishIn(roomId: string, plan: Load, phase: number): Promise<void> {
  const askers = clients.filter((client) => client.target.roomId === roomId);
  const desk = staff.get(roomId);
  return evenly(plan.seconds, plan.questionsPerSecond, phase, (index) => {
    // Another person each time: who asks often alone is slowed
    const asker = askers[(index * 7) % askers.length];
    if (asker && desk) void askAndPublish(asker, desk);
  });
}

async function askAndPublish(asker: Client, { room, screener, published }: Desk): Promise<void> {
  const name = newName();
  const asking = { interviewId: room.id, text: questionText(name), formKey: name };
  const asked = await act(asker, 'interview.ask', asking);
  const questionId = asked.value?.id;
  if (!asked.ok || !questionId) return;
  acknowledged.questions.push(questionId);
  lastOf.set(questionId, { roomId: room.id, revision: 0, at: 0, last: 0, told: false });
  const told = await act(screener, 'interview.screening.publish', { interviewId: room.id, questionId });
  const known = lastOf.get(questionId);
  if (!told.ok) return;
  if (known) known.told = true;
  acknowledged.published.push(questionId);
  published.push(questionId);
}

function answerIn(roomId: string, plan: Load): Promise<void> {
  const desk = staff.get(roomId);
  let next = desk?.published.length ?? 0;
  return evenly(plan.seconds, plan.answersPerSecond ?? 0, 0.5, () => {
    if (!desk) return;
    void speak(desk);
    const questionId = desk.published[next];
    if (questionId) void answer(desk, questionId);
    if (questionId) next += 1;
  });
}

async function answer({ room, guest }: Desk, questionId: string): Promise<void> {
  const input = { interviewId: room.id, questionId, guestId: room.guestId, text: answerText(newName()), version: 0 };
  if ((await act(guest, 'interview.answering.publish', input)).ok) acknowledged.answers.push(questionId);
}

async function speak({ room, recorder }: Desk): Promise<void> {
  const formKey = newName();
  const input = { interviewId: room.id, speakerId: 'host', text: answerText(formKey), formKey };
  if ((await act(recorder, 'interview.recording.add', input)).ok) acknowledged.turns.push(formKey);
}

function vote(plan: Load): Promise<void> {
  return evenly(plan.seconds, plan.votesPerSecond, 0, () => {
    const client = clients[Math.floor(Math.random() * clients.length)];
    const open = client && staff.get(client.target.roomId)?.published;
    const questionId = open?.[Math.floor(Math.random() * open.length)];
    if (client && questionId) void support(client, questionId);
  });
}

async function support(client: Client, questionId: string): Promise<void> {
  const input = { interviewId: client.target.roomId, questionId };
  const key = `${questionId}/${deviceId(client.index)}`;
  if ((await act(client, 'interview.support', input)).ok) acknowledged.votes.push(key);
}

/** Some leave, and as many come. */
function changeSeats(plan: Load): Promise<void> {
  return evenly(plan.seconds, plan.changesPerSecond ?? 0, 0, () => {
    const client = clients[Math.floor(Math.random() * clients.length)];
    if (!client?.joined) return;
    client.drop();
    setTimeout(() => void client.join().catch(() => (failures += 1)), 200 + Math.random() * 800);
  });
}

/** What was published and acknowledged, and how many times somebody does not have it. */
function missed() {
  const last = new Figures();
  const expected = new Map<string, number>();
  for (const { roomId, at, last: had, told } of lastOf.values()) {
    if (at > 0) last.add(had - at);
    // Published is what a screener was told, or what anyone saw
    if (told || at > 0) expected.set(roomId, (expected.get(roomId) ?? 0) + 1);
  }
  let rows = 0;
  for (const client of clients) rows += Math.max(0, (expected.get(client.target.roomId) ?? 0) - client.rows);
  return {
    asked: lastOf.size,
    published: [...expected.values()].reduce((sum, count) => sum + count, 0),
    unacknowledged: pending.size,
    refused,
    why,
    missed: rows,
    each: each.summary(),
    everybody: last.summary(),
    wire: wire.summary(),
    acknowledgement: acknowledgedAt.summary(),
  };
}

answerParent({
  open,
  seat,
  drop,
  comeBack,
  load,
  acknowledged: () =>
    Object.fromEntries(Object.entries(acknowledged).map(([name, list]) => [name, [...new Set(list)]])),
  watch: () => ((wire = new Figures()), undefined),
  wire: () => wire.summary(),
  close: () => {
    drop();
    clients = [];
    staff = new Map();
    pending.clear();
  },
});
