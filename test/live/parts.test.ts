import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { systemActor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { changeRoom, countRoom, declareRoom, enterRoom, forgetRooms, type Row } from '../../src/live/index.ts';
import { until } from './stand.ts';

afterAll(() => forgetRooms());

declareRoom({
  kind: 'parts',
  audiences: ['public', 'desk'],
  load: async () => ({ revision: 0, rows: {}, counters: {} }),
  admit: async () => undefined,
});

interface Told {
  from: number;
  to: number;
  rows: Row[];
  counters: { votes?: Record<string, number> };
}
interface Listener {
  told: Told[];
  leave(): void;
}

/** Somebody in the room who keeps every delta; `onFrame` runs in the middle of the beat. */
async function listen(roomId: string, onFrame: () => void = () => undefined): Promise<Listener> {
  const told: Told[] = [];
  const send = (frame: Buffer) => {
    const text = frame.toString();
    told.push((JSON.parse(text.slice(text.indexOf('42[') + 2)) as [string, Told])[1]);
    onFrame();
  };
  const where = { kind: 'parts', id: roomId, audience: 'public' };
  const place = await enterRoom(systemActor('test'), { personId: newId(), send }, where);
  return { told, leave: () => place.leave() };
}

const write = (roomId: string, id: string) =>
  changeRoom('parts', roomId, async (revision) => ({ public: [{ id, kind: 'q', revision }] }));

/** All listeners have the newest, nothing twice, and every delta begins where the one before ended. */
function expectWhole(listeners: readonly Listener[], newest: ReadonlyMap<string, number>, votes: number): void {
  for (const { told } of listeners) {
    told.slice(1).forEach(({ from }, index) => expect(from).toBe(told[index]?.to));
    const rows = told.flatMap((delta) => delta.rows);
    expect(new Set(rows.map(({ id, revision }) => `${id}@${revision}`)).size).toBe(rows.length);
    const last = new Map(rows.toSorted((a, b) => a.revision - b.revision).map(({ id, revision }) => [id, revision]));
    expect([...last].toSorted()).toEqual([...newest].toSorted());
    expect(told.findLast(({ counters }) => counters.votes)?.counters.votes).toEqual({ q: votes });
  }
}

describe('a beat over many parts', () => {
  it('takes what happens meanwhile along to the parts still to come, and to the others with the next beat', async () => {
    let frames = 0;
    const onFrame = () => {
      if ((frames += 1) === 100) void write('busy', 'second');
    };
    const listeners: Listener[] = [];
    for (let person = 0; person < 450; person += 1) listeners.push(await listen('busy', onFrame));
    await write('busy', 'first');
    await until(() => listeners.every(({ told }) => told.flatMap(({ rows }) => rows).length === 2));
    const deltasWithRows = listeners.map(({ told }) => told.filter(({ rows }) => rows.length > 0).length);
    // Two hundred make a part: the first hears of both in two beats, the others of both at once
    expect(deltasWithRows).toEqual([...Array<number>(200).fill(2), ...Array<number>(250).fill(1)]);
  });

  it('tells everybody everything once, whoever goes and whatever comes in at whichever moment', async () => {
    let rooms = 0;
    const steps = fc.array(fc.record({ frame: fc.nat(800), row: fc.constantFrom('a', 'b', 'c') }), { maxLength: 8 });
    const plan = fc.record({ steps, leaving: fc.array(fc.nat(419), { maxLength: 60 }) });
    await fc.assert(
      fc.asyncProperty(plan, async ({ steps: changes, leaving }) => {
        const roomId = `whole${(rooms += 1)}`;
        const newest = new Map<string, number>();
        let [frames, revision, votes, written] = [0, 0, 0, 0];
        const change = async (row: string) => {
          newest.set(row, (revision += 1));
          await write(roomId, row);
          countRoom('parts', roomId, { votes: { q: (votes += 1) } });
          written += 1;
        };
        const onFrame = () => {
          frames += 1;
          for (const { frame, row } of changes) if (frame === frames) void change(row);
        };
        const listeners: Listener[] = [];
        for (let person = 0; person < 420; person += 1) listeners.push(await listen(roomId, onFrame));
        for (const index of new Set(leaving)) listeners[index]?.leave();
        const staying = listeners.filter((_, index) => !leaving.includes(index));
        await change('first');
        await until(() => {
          const latest = staying.every(({ told }) => told.at(-1)?.to === revision);
          return latest && written === revision && staying.every(({ told }) => lastVotes(told) === votes);
        });
        expectWhole(staying, newest, votes);
      }),
      { numRuns: 8 },
    );
  });
});

const lastVotes = (told: readonly Told[]) => told.findLast(({ counters }) => counters.votes)?.counters.votes?.['q'];
