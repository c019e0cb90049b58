import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from './child.ts';
import type { Prepared, Stored } from './city.ts';
import type { Summary } from './figures.ts';
import { setUp, type Arrival, type LoadFigures, type Return, type ServerFigures, type Stand } from './stand.ts';

/** What a measurement gives: its figures, and the line of docs/benchmarks.md that they answer. */
export interface Measured {
  figures: Record<string, string | number>;
  line: { figure: string; wanted: string; measured: string; reached: boolean };
}

const ms = (value: number) => `${Math.round(value)} ms`;
const spread = ({ p50, p95, max }: Summary) => `${p50} / ${p95} / ${max} ms`;
const percent = (share: number) => `${Math.round(share * 100)} %`;

/** Stands that are up, to be taken down whatever happens. */
const standing = new Set<Stand>();
/** Ends whatever still runs. */
export const endAll = () => Promise.all([...standing].map((stand) => stand.end()));

export async function on(limitSeconds: number, work: (stand: Stand) => Promise<Measured>, profile?: string) {
  const stand = await setUp(profile);
  standing.add(stand);
  const clock = new AbortController();
  const late = sleep(limitSeconds * 1_000, undefined, { signal: clock.signal, ref: false }).then(() => {
    throw new Error(`not done after ${limitSeconds} s`);
  });
  const working = work(stand);
  working.catch(() => undefined);
  try {
    return await Promise.race([working, late]);
  } finally {
    late.catch(() => undefined);
    clock.abort();
    standing.delete(stand);
    await stand.end();
  }
}

/** Connects people who have everything already, without hurry for the machine. */
export async function gather(stand: Stand, { id, revision }: Prepared, people: number): Promise<void> {
  const target = { port: stand.port, roomId: id };
  const plan = { target, people, since: revision, overMs: people * 1.5 };
  const { failures } = await stand.crowd.ask<Arrival>('open', plan);
  if (failures > 0) throw new Error(`${failures} of ${people} could not connect`);
  await sleep(3_500); // the news of their number is told
}

export async function oneRoom(stand: Stand, questions: number): Promise<Prepared> {
  const [room] = await stand.prepare(1, questions);
  if (!room) throw new Error('no room was prepared');
  return room;
}

/** Puts a load on; gives also how much of a core the database took for it. */
async function loadAnd(stand: Stand, plan: { seconds: number }) {
  const before = stand.databaseCpu();
  const load = await stand.crowd.ask<LoadFigures>('load', plan);
  return { load, databaseCpu: (stand.databaseCpu() - before) / plan.seconds };
}

/** One room: 20 questions and 200 votes a second; beside it a bare Socket.IO broadcast of the same size to as many. */
export async function crowd(people: number, seconds: number, profile?: string): Promise<Measured> {
  const bare = await bareBroadcast(people);
  const work = async (stand: Stand): Promise<Measured> => {
    const room = await oneRoom(stand, 200);
    const idle = await stand.server.ask<ServerFigures>('measure');
    await gather(stand, room, people);
    const full = await stand.server.ask<ServerFigures>('measure');
    const plan = { rooms: [room.id], seconds, questionsPerSecond: 20, votesPerSecond: 200 };
    const { load, databaseCpu } = await loadAnd(stand, plan);
    const server = await stand.server.ask<ServerFigures>('measure');
    return {
      figures: {
        people,
        'published → everyone (p50 / p95 / max)': spread(load.everybody),
        'published → each': spread(load.each),
        'delta made → each': spread(load.wire),
        'bare emit of ten → each': spread(bare),
        'published → everyone to bare emit (p95)': (load.everybody.p95 / bare.p95).toFixed(2),
        missed: load.missed,
        'asked, published or supported → acknowledged': spread(load.acknowledgement),
        'server CPU': percent(server.cpu),
        'database CPU': percent(databaseCpu),
        'crowd CPU': percent(load.crowdCpu),
        'loop delay p99 / max': `${ms(server.loopP99)} / ${ms(server.loopMax)}`,
        'memory a person': `${((full.rss - idle.rss) / people / 1_024).toFixed(1)} KB`,
        ...refusals(load),
      },
      line: {
        figure: `${people} in one room, 20 questions/s, 200 votes/s: published → everyone`,
        wanted: 'p95 < 1 s, max < 3 s, 0 missed',
        measured: `p50 / p95 / max ${spread(load.everybody)}; ${load.missed} missed; bare emit → each p95 ${bare.p95} ms, ratio ${(load.everybody.p95 / bare.p95).toFixed(2)}`,
        reached: load.everybody.p95 < 1_000 && load.everybody.max < 3_000 && load.missed === 0,
      },
    };
  };
  return on(90 + seconds + people / 100, work, profile);
}

function refusals(load: LoadFigures) {
  const refused = load.refused > 0 ? `${load.refused} (${load.why})` : 0;
  return { 'asked / published': `${load.asked} / ${load.published}`, refused, unacknowledged: load.unacknowledged };
}

async function bareBroadcast(people: number): Promise<Summary> {
  const server = startChild('./bare.ts');
  const listeners = startChild('./crowd.ts');
  try {
    const port = await server.ask<number>('start');
    const target = { port, roomId: 'r' };
    await listeners.ask('open', { target, people, since: 0, overMs: people * 1.5 });
    await listeners.ask('watch');
    for (let round = 0; round < 6; round += 1) {
      await server.ask('emit', { questions: 10 });
      await sleep(1_200);
    }
    return await listeners.ask<Summary>('wire');
  } finally {
    await listeners.end();
    await server.end();
  }
}

/** People arrive over some seconds, each taking a snapshot of 200 questions. */
export function join(people: number, seconds: number): Promise<Measured> {
  return on(seconds * 1.5 + 60, async (stand) => {
    const { id } = await oneRoom(stand, 200);
    await stand.server.ask('reset');
    const target = { port: stand.port, roomId: id };
    const arrival = await stand.crowd.ask<Arrival>('open', { target, people, since: 0, overMs: seconds * 1_000 });
    const server = await stand.server.ask<ServerFigures>('measure');
    return {
      figures: {
        people,
        'all in after': `${arrival.seconds.toFixed(1)} s`,
        refused: arrival.failures,
        'connect → up to date': spread(arrival.took),
        'server CPU': percent(server.cpu),
        'loop delay p99 / max': `${ms(server.loopP99)} / ${ms(server.loopMax)}`,
      },
      line: {
        figure: `${people} join within ${seconds} s, each with a snapshot of 200 questions`,
        wanted: 'loop delay p99 < 200 ms, none refused',
        measured: `loop delay p99 ${ms(server.loopP99)}, ${arrival.failures} refused; connect → up to date ${spread(arrival.took)}`,
        reached: server.loopP99 < 200 && arrival.failures === 0,
      },
    };
  });
}

/** Everybody loses the connection, 500 changes happen, everybody returns; `restart`: the server itself went away. */
export function reconnect(people: number, restart: boolean, profile?: string): Promise<Measured> {
  const work = async (stand: Stand): Promise<Measured> => {
    const room = await oneRoom(stand, 200);
    await gather(stand, room, people);
    await stand.crowd.ask('drop');
    await stand.server.ask('fill', { roomId: room.id, count: 500 });
    if (restart) await stand.restart(false);
    else await stand.server.ask('reset');
    const spreadMs = people / 1.5;
    const back = await stand.crowd.ask<Return>('comeBack', { port: stand.port, spreadMs });
    const server = await stand.server.ask<ServerFigures>('measure');
    const { lowest, highest } = back.revisions;
    return {
      figures: {
        people: `${people}${restart ? ', server restarted' : ''}`,
        'all caught up after': `${back.seconds.toFixed(2)} s`,
        failed: back.failures,
        'connect → up to date': spread(back.took),
        'revisions, lowest to highest': `${lowest}–${highest}`,
        'server CPU': percent(server.cpu),
        'crowd CPU': percent(back.crowdCpu),
        'loop delay p99 / max': `${ms(server.loopP99)} / ${ms(server.loopMax)}`,
      },
      line: {
        figure: `${people} return having missed 500 questions${restart ? ', the server restarted' : ''}`,
        wanted: 'all caught up < 3 s after the server answers',
        measured: `${back.seconds.toFixed(2)} s, ${back.failures} failed, all at revision ${lowest === highest ? highest : `${lowest}–${highest}`}`,
        reached: back.seconds < 3 && back.failures === 0 && lowest >= room.revision + 999,
      },
    };
  };
  return on(200, work, profile);
}

/** Many rooms at once, a question a second in each. */
export function many(rooms: number, people: number, seconds: number): Promise<Measured> {
  return on(120 + seconds, async (stand) => {
    const prepared = await stand.prepare(rooms, 20);
    for (const { id, revision } of prepared) {
      const target = { port: stand.port, roomId: id };
      await stand.crowd.ask('open', { target, people, since: revision, overMs: people * 1.5 });
    }
    await sleep(3_500);
    await stand.server.ask('reset');
    const plan = { rooms: prepared.map(({ id }) => id), seconds, questionsPerSecond: 1, votesPerSecond: 200 };
    const { load, databaseCpu } = await loadAnd(stand, plan);
    const server = await stand.server.ask<ServerFigures>('measure');
    return {
      figures: {
        rooms: `${rooms} × ${people}`,
        'published → everyone (p50 / p95 / max)': spread(load.everybody),
        missed: load.missed,
        'asked, published or supported → acknowledged': spread(load.acknowledgement),
        'server CPU': percent(server.cpu),
        'database CPU': percent(databaseCpu),
        'loop delay p99 / max': `${ms(server.loopP99)} / ${ms(server.loopMax)}`,
        ...refusals(load),
      },
      line: {
        figure: `${rooms} rooms × ${people} people, 1 question/s in each, 200 votes/s in all`,
        wanted: 'p95 < 1 s',
        measured: `p50 / p95 / max ${spread(load.everybody)}; ${load.missed} missed`,
        reached: load.everybody.p95 < 1_000 && load.missed === 0,
      },
    };
  });
}

/** Memory of people who only listen. */
export function memory(people: number): Promise<Measured> {
  return on(90 + people / 100, async (stand) => {
    const room = await oneRoom(stand, 0);
    const idle = await stand.server.ask<ServerFigures>('measure');
    await gather(stand, room, people);
    const full = await stand.server.ask<ServerFigures>('measure');
    const each = (full.rss - idle.rss) / people / 1_024;
    return {
      figures: {
        people,
        'resident memory a person': `${each.toFixed(1)} KB`,
        'of it heap': `${((full.heap - idle.heap) / people / 1_024).toFixed(1)} KB`,
        'of it heap, reserved': `${((full.heapTotal - idle.heapTotal) / people / 1_024).toFixed(1)} KB`,
        'outside the heap': `${((full.external - idle.external) / people / 1_024).toFixed(1)} KB`,
        idle: `${Math.round(idle.rss / 1_048_576)} MB`,
      },
      line: {
        figure: `memory a connected person, ${people} connected`,
        wanted: '< 25 KB above the idle process',
        measured: `${each.toFixed(1)} KB, of it ${((full.heap - idle.heap) / people / 1_024).toFixed(1)} KB used heap`,
        reached: each < 25,
      },
    };
  });
}

/** Program and database are killed in turn amid the load: what was acknowledged must be there, once. */
export function kill(people: number, rounds: number): Promise<Measured> {
  return on(60 + rounds * 20, async (stand) => {
    const room = await oneRoom(stand, 1);
    await gather(stand, room, people);
    const plan = { rooms: [room.id], questionsPerSecond: 20, votesPerSecond: 200, answersPerSecond: 3, seconds: 7 };
    for (let round = 0; round < rounds; round += 1) {
      const load = stand.crowd.ask('load', plan);
      load.catch(() => undefined);
      await sleep(1_500 + 500 * round);
      if (round % 2 === 0) process.kill(stand.database.pid(), 'SIGKILL');
      else await stand.restart(true);
      await stand.crowd.ask('comeBack', { port: stand.port, spreadMs: 300 });
      await load;
    }
    // What a new process shows is what the database holds
    await stand.restart(true);
    const had =
      await stand.crowd.ask<Record<'questions' | 'published' | 'votes' | 'answers' | 'turns', string[]>>(
        'acknowledged',
      );
    const has = await stand.server.ask<Stored>('stored', room.id);
    return keptFigures(rounds, had, has);
  });
}

function keptFigures(rounds: number, had: Record<string, string[]>, has: Stored) {
  const lists = ['questions', 'published', 'votes', 'answers', 'turns'] as const;
  const lost = (name: (typeof lists)[number]) => {
    const there = new Set(has[name]);
    return (had[name] ?? []).filter((id) => !there.has(id)).length;
  };
  const doubled = (list: readonly string[]) => list.length - new Set(list).size;
  const twice = doubled(has.texts) + doubled(has.votes) + doubled(has.answers) + doubled(has.turns);
  const counts = lists.map((name) => `${had[name]?.length ?? 0} ${name}`).join(', ');
  const losses = lists.reduce((sum, name) => sum + lost(name), 0);
  const figures: Measured['figures'] = {
    'kills of program and of database': `${Math.floor(rounds / 2)} and ${Math.ceil(rounds / 2)}`,
  };
  for (const name of lists) figures[`${name} acknowledged / lost`] = `${had[name]?.length ?? 0} / ${lost(name)}`;
  figures['stored twice'] = twice;
  figures['supports shown / stored'] = `${has.votesShown} / ${has.votes.length}`;
  const line = {
    figure: `${rounds} × kill -9, of database and program in turn, amid 20 questions, 200 votes, 3 answers and 3 turns a second`,
    wanted: 'everything acknowledged is there afterwards, once',
    measured: `${counts} acknowledged; ${losses} lost, ${twice} twice`,
    reached: losses === 0 && twice === 0 && has.votesShown === has.votes.length,
  };
  return { figures, line };
}
