import type { LoadFigures, ServerFigures, Stand } from './stand.ts';
import { gather, on, oneRoom, type Measured } from './modes.ts';

/** What one minute of the soak was like. */
interface Minute {
  megabytes: number;
  p95: number;
  loopP99: number;
  missed: number;
  late: number;
}

const people = 1_000;
const load = { questionsPerSecond: 2, votesPerSecond: 50, answersPerSecond: 0.5, changesPerSecond: 10 };

/**
 * People come and go, ask, support and are answered for some minutes. Memory and delay are written down each minute;
 * what counts is their slope once the program has warmed up: the first minute is left out.
 */
export function soak(minutes: number): Promise<Measured> {
  return on(180 + minutes * 120, async (stand) => {
    const room = await oneRoom(stand, 200);
    await gather(stand, room, people);
    await stand.server.ask('measure');
    const seen: Minute[] = [];
    for (let minute = 0; minute < minutes; minute += 1) seen.push(await oneMinute(stand, room.id));
    return soakFigures(seen);
  });
}

async function oneMinute(stand: Stand, roomId: string): Promise<Minute> {
  const figures = await stand.crowd.ask<LoadFigures>('load', { rooms: [roomId], seconds: 57, ...load });
  const server = await stand.server.ask<ServerFigures>('measure');
  return {
    megabytes: server.heap / 1_048_576,
    p95: figures.everybody.p95,
    loopP99: server.loopP99,
    missed: figures.missed,
    late: figures.unacknowledged,
  };
}

function soakFigures(seen: readonly Minute[]): Measured {
  const warm = seen.length > 2 ? seen.slice(1) : seen;
  const memory = slope(warm.map(({ megabytes }) => megabytes));
  const delay = slope(warm.map(({ p95 }) => p95));
  const figures: Measured['figures'] = {
    people: `${people}, ${load.changesPerSecond} leaving and coming each second`,
    'load a second': `${load.questionsPerSecond} questions, ${load.votesPerSecond} votes, ${load.answersPerSecond} answers and turns`,
  };
  for (const [index, minute] of seen.entries()) {
    figures[`minute ${index + 1}`] =
      `${minute.megabytes.toFixed(1)} MB used heap; p95 ${minute.p95} ms; loop delay p99 ${Math.round(minute.loopP99)} ms; ${minute.late} unanswered`;
  }
  figures['slope a minute'] = `${memory.toFixed(2)} MB, ${delay.toFixed(0)} ms`;
  const questions = load.questionsPerSecond * 57;
  return {
    figures,
    line: {
      figure: `${seen.length} minutes of ${people} people coming, going, asking, supporting`,
      wanted: 'no growth of memory (beyond the questions themselves) or delay',
      measured: `${memory.toFixed(2)} MB a minute with ${questions} new questions in it; p95 ${delay.toFixed(0)} ms a minute`,
      // A question with its rows, answers and texts is kept in memory as long as its room: up to 8 KB
      reached: memory < (questions * 8) / 1_024 + 0.5 && delay < 20,
    },
  };
}

/** The slope of the line through equally spaced values, by least squares. */
function slope(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let up = 0;
  let across = 0;
  for (const [index, value] of values.entries()) {
    up += (index - middle) * (value - mean);
    across += (index - middle) ** 2;
  }
  return up / across;
}
