import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from './child.ts';
import type { Summary } from './figures.ts';
import { setUp, type Arrival, type LoadFigures, type ServerFigures, type Stand } from './stand.ts';

type Line = Record<string, string | number>;

const ms = (value: number) => `${Math.round(value)} ms`;
const spread = ({ p50, p95, max }: Summary) => `${p50} / ${p95} / ${max} ms`;
const percent = (share: number) => `${Math.round(share * 100)} %`;

async function on(work: (stand: Stand) => Promise<Line>, profile?: string): Promise<Line> {
  const stand = await setUp(profile);
  try {
    return await work(stand);
  } finally {
    await stand.end();
  }
}

/** Connects people who have everything already, without hurry for the machine. */
async function gather(stand: Stand, roomId: string, people: number, since: number): Promise<void> {
  const target = { port: stand.port, roomId };
  const { failures } = await stand.crowd.ask<Arrival>('open', { target, people, since, overMs: people * 1.5 });
  if (failures > 0) throw new Error(`${failures} of ${people} could not connect`);
  await sleep(3_500); // the news of their number is told
}

/** One room: 20 questions and 200 votes a second; beside it a bare Socket.IO broadcast of the same size to as many. */
export async function crowd(people: number, seconds: number, profile?: string): Promise<Line> {
  const bare = await bareBroadcast(people);
  return on(async (stand) => {
    await stand.server.ask('fill', { roomId: 'r', count: 200 });
    const idle = await stand.server.ask<ServerFigures>('measure');
    await gather(stand, 'r', people, 200);
    const full = await stand.server.ask<ServerFigures>('measure');
    const plan = { rooms: ['r'], seconds, questionsPerSecond: 20, votesPerSecond: 200 };
    const load = await stand.crowd.ask<LoadFigures>('load', plan);
    const server = await stand.server.ask<ServerFigures>('measure');
    return {
      people,
      'published → everyone (p50 / p95 / max)': spread(load.everybody),
      'published → each': spread(load.each),
      'beat sent → each': spread(load.wire),
      'bare emit of ten → each': spread(bare),
      'ratio to bare (p95)': (load.wire.p95 / bare.p95).toFixed(2),
      missed: load.missed,
      'vote or question → acknowledged': spread(load.acknowledgement),
      'server CPU': percent(server.cpu),
      'crowd CPU': percent(load.crowdCpu),
      'loop delay p99 / max': `${ms(server.loopP99)} / ${ms(server.loopMax)}`,
      'memory a person': `${((full.rss - idle.rss) / people / 1_024).toFixed(1)} KB`,
      published: load.published,
      refused: load.refused,
      unacknowledged: load.unacknowledged,
    };
  }, profile);
}

async function bareBroadcast(people: number): Promise<Summary> {
  const server = startChild('./bare.ts');
  const listeners = startChild('./crowd.ts');
  try {
    const port = await server.ask<number>('start');
    const target = { port, roomId: 'r' };
    await listeners.ask('open', { target, people, since: 0, overMs: people * 1.5 });
    await listeners.ask('watch');
    for (let round = 0; round < 8; round += 1) {
      await server.ask('emit', { questions: 10 });
      await sleep(1_500);
    }
    return await listeners.ask<Summary>('wire');
  } finally {
    await listeners.end();
    await server.end();
  }
}

/** People arrive within a minute, each taking a snapshot of 200 questions. */
export function join(people: number, seconds: number): Promise<Line> {
  return on(async (stand) => {
    await stand.server.ask('fill', { roomId: 'r', count: 200 });
    await stand.server.ask('reset');
    const target = { port: stand.port, roomId: 'r' };
    const arrival = await stand.crowd.ask<Arrival>('open', { target, people, since: 0, overMs: seconds * 1_000 });
    const server = await stand.server.ask<ServerFigures>('measure');
    return {
      people,
      'all in after': `${arrival.seconds.toFixed(1)} s`,
      refused: arrival.failures,
      'connect → up to date': spread(arrival.took),
      'server CPU': percent(server.cpu),
      'loop delay p99 / max': `${ms(server.loopP99)} / ${ms(server.loopMax)}`,
    };
  });
}

/** Everybody loses the connection, 500 changes happen, everybody returns; `restart`: the server itself went away. */
export function reconnect(people: number, restart: boolean): Promise<Line> {
  return on(async (stand) => {
    await stand.server.ask('fill', { roomId: 'r', count: 200 });
    await gather(stand, 'r', people, 200);
    await stand.crowd.ask('drop');
    const writer = startChild('./crowd.ts');
    await writer.ask('open', { target: { port: stand.port, roomId: 'r' }, people: 1, since: 200, overMs: 0 });
    await writer.ask('load', { rooms: ['r'], seconds: 60, questionsPerSecond: 500 / 60, votesPerSecond: 0 });
    await writer.end();
    if (restart) await stand.restart(false);
    else await stand.server.ask('reset');
    const spreadMs = people / 1.5;
    const back = await stand.crowd.ask<Arrival & { revisions: object }>('comeBack', { port: stand.port, spreadMs });
    const server = await stand.server.ask<ServerFigures>('measure');
    return {
      people: `${people}${restart ? ', server restarted' : ''}`,
      'all caught up after': `${back.seconds.toFixed(2)} s`,
      failed: back.failures,
      'connect → up to date': spread(back.took),
      revisions: JSON.stringify(back.revisions),
      'loop delay p99 / max': `${ms(server.loopP99)} / ${ms(server.loopMax)}`,
    };
  });
}

/** Many rooms at once, a question a second in each. */
export function many(rooms: number, people: number, seconds: number): Promise<Line> {
  return on(async (stand) => {
    const names = Array.from({ length: rooms }, (_, index) => `room-${index}`);
    for (const roomId of names) {
      await stand.server.ask('fill', { roomId, count: 20 });
      const target = { port: stand.port, roomId };
      await stand.crowd.ask('open', { target, people, since: 20, overMs: people * 1.5 });
    }
    await sleep(3_500);
    await stand.server.ask('reset');
    const plan = { rooms: names, seconds, questionsPerSecond: 1, votesPerSecond: 200 };
    const load = await stand.crowd.ask<LoadFigures>('load', plan);
    const server = await stand.server.ask<ServerFigures>('measure');
    return {
      rooms: `${rooms} × ${people}`,
      'published → everyone (p50 / p95 / max)': spread(load.everybody),
      missed: load.missed,
      'server CPU': percent(server.cpu),
      'loop delay p99 / max': `${ms(server.loopP99)} / ${ms(server.loopMax)}`,
    };
  });
}

/** Memory of people who only listen. */
export function memory(people: number): Promise<Line> {
  return on(async (stand) => {
    const idle = await stand.server.ask<ServerFigures>('measure');
    await gather(stand, 'r', people, 0);
    const full = await stand.server.ask<ServerFigures>('measure');
    return {
      people,
      'resident memory a person': `${((full.rss - idle.rss) / people / 1_024).toFixed(1)} KB`,
      'of it heap': `${((full.heap - idle.heap) / people / 1_024).toFixed(1)} KB`,
      'of it heap, reserved': `${((full.heapTotal - idle.heapTotal) / people / 1_024).toFixed(1)} KB`,
      'outside the heap': `${((full.external - idle.external) / people / 1_024).toFixed(1)} KB`,
      idle: `${Math.round(idle.rss / 1_048_576)} MB`,
    };
  });
}

/** The server is killed amid the load: what was acknowledged must be there, once. */
export function kill(people: number, rounds: number): Promise<Line> {
  return on(async (stand) => {
    await stand.server.ask('fill', { roomId: 'r', count: 1 });
    await gather(stand, 'r', people, 1);
    for (let round = 0; round < rounds; round += 1) {
      const load = stand.crowd.ask('load', { rooms: ['r'], seconds: 6, questionsPerSecond: 20, votesPerSecond: 200 });
      await sleep(2_000 + 700 * round);
      await stand.restart(true);
      await load;
      await stand.crowd.ask('comeBack', { port: stand.port, spreadMs: 300 });
    }
    const had = await stand.crowd.ask<{ questions: string[]; votes: string[] }>('acknowledged');
    const has = await stand.server.ask<{ questions: string[]; votes: string[] }>('stored', 'r');
    return {
      kills: rounds,
      'questions acknowledged': had.questions.length,
      'votes acknowledged': had.votes.length,
      'questions lost': had.questions.filter((id) => !has.questions.includes(id)).length,
      'votes lost': had.votes.filter((id) => !has.votes.includes(id)).length,
      'stored twice': has.questions.length - new Set(has.questions).size + has.votes.length - new Set(has.votes).size,
    };
  });
}
