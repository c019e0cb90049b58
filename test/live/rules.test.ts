import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beatInterval } from '../../src/live/beat.ts';
import { eventFrame } from '../../src/live/frame.ts';
import {
  changeRoom,
  declareRoom,
  enterRoom,
  forgetRooms,
  groupChanges,
  groupWrites,
  roomView,
} from '../../src/live/index.ts';
import { conflict } from '../../src/kernel/errors.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { deltaSince } from '../../src/live/roomView.ts';
import { spread } from '../../src/live/enterRoom.ts';
import { hear } from '../../src/live/hear.ts';
import { freshPace, takeMessage } from '../../src/live/sockets/pace.ts';
import { addressOf } from '../../src/live/sockets/gate.ts';
import { Room } from '../../src/browser/live/room.ts';
import { idleLine } from './page.ts';
import type { Delta, Row } from '../../src/browser/live/messages.ts';
import type { LoadedRoom } from '../../src/live/index.ts';
import { until } from '../support/until.ts';

afterAll(() => forgetRooms());

describe('beat', () => {
  it.each([
    [0, 250],
    [160, 250],
    [300, 330],
    [600, 660],
    [9_000, 1_000],
  ])('after beats that took %i ms comes after %i ms', (took, interval) => {
    expect(beatInterval(took)).toBe(interval);
  });

  it.each([
    [1, 200],
    [2_000, 1_333],
    [10_000, 6_667],
    [50_000, 10_000],
  ])('lets %i people come back over %i ms', (members, milliseconds) => {
    expect(spread(members)).toBe(milliseconds);
  });
});

describe('frame', () => {
  it.each([0, 100, 125, 126, 1_000, 65_535, 65_536, 70_000])('says the length of %i bytes as RFC 6455 does', (size) => {
    const text = 'x'.repeat(Math.max(0, size - '42["e",""]'.length));
    const frame = eventFrame('e', JSON.stringify(text));
    const short = frame[1] ?? 0;
    const [length, begin] =
      short < 126 ? [short, 2] : short === 126 ? [frame.readUInt16BE(2), 4] : [Number(frame.readBigUInt64BE(2)), 10];
    expect(frame[0]).toBe(0x81);
    expect(frame.subarray(begin).toString()).toBe(`42["e",${JSON.stringify(text)}]`);
    expect(length).toBe(frame.length - begin);
  });
});

describe('pace', () => {
  it('allows a burst, then the rate, then nothing more', () => {
    const pace = freshPace(10, 0);
    const at = (time: number, count: number) =>
      Array.from({ length: count }, () => takeMessage(pace, 10, time)).filter((verdict) => verdict === 'go').length;
    expect([at(0, 100), at(1_000, 100), at(60_000, 100)]).toEqual([30, 10, 30]);
    expect(Array.from({ length: 400 }, () => takeMessage(pace, 10, 60_000)).at(-1)).toBe('end');
  });
});

describe('address', () => {
  const request = (remote: string, forwarded?: string) =>
    ({ socket: { remoteAddress: remote }, headers: { 'x-forwarded-for': forwarded } }) as never;
  it.each([
    ['nobody trusted', '10.0.0.1', '1.1.1.1', () => false, '10.0.0.1'],
    ['one proxy', '10.0.0.1', '6.6.6.6, 1.1.1.1', (_: string, steps: number) => steps < 1, '1.1.1.1'],
    ['proxy without header', '10.0.0.1', undefined, () => true, '10.0.0.1'],
  ])('%s', (_name, remote, forwarded, trusts, address) => {
    expect(addressOf(request(remote, forwarded), trusts)).toBe(address);
  });
});

describe('grouped writes', () => {
  it('makes one write of many and tells each its own outcome', async () => {
    const groups: number[][] = [];
    const put = groupWrites<number, number>(
      async (items) => {
        groups.push([...items]);
        return items.map((item) => (item === 2 ? conflict() : item * 10));
      },
      { waitMs: 5 },
    );
    const outcomes = await Promise.allSettled([put(1), put(2), put(3)]);
    expect(groups).toEqual([[1, 2, 3]]);
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'refused'))).toEqual([
      10,
      'refused',
      30,
    ]);
  });

  it('gathers what comes while a group is being written', async () => {
    const groups: number[] = [];
    const put = groupWrites<number, number>(
      async (items) => {
        groups.push(items.length);
        await new Promise((resolve) => setTimeout(resolve, 20));
        return items;
      },
      { waitMs: 0 },
    );
    await Promise.all([1, 2, 3, 4].map(put));
    expect(groups).toEqual([1, 3]);
  });

  it('does not wait when the group is full, and fails all when the write fails', async () => {
    const put = groupWrites<number, number>(() => Promise.reject(new Error('away')), { waitMs: 60_000, largest: 2 });
    await expect(Promise.all([put(1), put(2)])).rejects.toThrow('away');
  });
});

describe('a room', () => {
  const stored: { loaded: LoadedRoom; later?: Row } = { loaded: { revision: 0, rows: {}, counters: {} } };
  beforeAll(() => {
    const load = async () => {
      const rows = [...(stored.loaded.rows.public ?? []), ...(stored.later ? [stored.later] : [])];
      return { revision: Math.max(0, ...rows.map((row) => row.revision)), rows: { public: rows }, counters: {} };
    };
    declareRoom({ kind: 'rule', audiences: ['public'], load, admit: async () => undefined });
  });

  it('makes changes one after another, each with its own revision', async () => {
    let inside = 0;
    const seen: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, () =>
        changeRoom('rule', 'line', async (revision) => {
          inside += 1;
          expect(inside).toBe(1);
          seen.push(revision);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
          return {};
        }),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('makes the changes of a group that wait as one turn, each with its own revision and outcome', async () => {
    const turns: number[][] = [];
    const put = groupChanges<string, number>('rule', async (_roomId, items) => {
      turns.push(items.map(({ revision }) => revision));
      return items.map(({ item, revision }) =>
        item === 'bad' ? conflict() : { change: { public: [{ id: item, kind: 'q', revision }] }, result: revision },
      );
    });
    const before = changeRoom('rule', 'group', async (revision) => ({ public: [{ id: 'a', kind: 'q', revision }] }));
    const outcomes = await Promise.allSettled(['b', 'bad', 'c'].map((item) => put('group', item)));
    await before;
    expect(await put('group', 'd')).toBe(5);
    expect(turns).toEqual([[2, 3, 4], [5]]);
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : 'refused'))).toEqual([2, 'refused', 4]);
    const { rows, revision } = await roomView('rule', 'group', 'public');
    expect([revision, rows.map((row) => `${row.id}@${row.revision}`)]).toEqual([5, ['a@1', 'b@2', 'c@4', 'd@5']]);
  });

  it('counts rows by sort as they come, change and go', async () => {
    declareRoom({
      kind: 'tallied',
      audiences: ['public'],
      tally: {
        audience: 'public',
        sortOf: ({ state, gone }) => (gone ? null : String(state)),
        counters: (of) => ({ all: of('new', 'done'), done: of('done') }),
      },
      load: async () => ({
        revision: 1,
        rows: { public: [{ id: 'a', kind: 'q', revision: 1, state: 'new' }] },
        counters: {},
      }),
      admit: async () => undefined,
    });
    const put = (id: string, fields: object) =>
      changeRoom('tallied', 't', async (revision) => ({ public: [{ id, kind: 'q', revision, ...fields }] }));
    await put('b', { state: 'new' });
    await put('a', { state: 'done' });
    expect((await roomView('tallied', 't', 'public')).counters).toMatchObject({ all: 2, done: 1 });
    await put('b', { gone: true });
    expect((await roomView('tallied', 't', 'public')).counters).toMatchObject({ all: 1, done: 1 });
  });

  it('shows nothing of a change that failed, and goes on', async () => {
    await expect(changeRoom('rule', 'ghost', () => Promise.reject(conflict()))).rejects.toThrow('conflict');
    await changeRoom('rule', 'ghost', async (revision) => ({ public: [{ id: 'a', kind: 'q', revision }] }));
    const view = await roomView('rule', 'ghost', 'public');
    expect(view).toMatchObject({ revision: 2, rows: [{ id: 'a', revision: 2 }] });
  });

  it('finds a change that was written although it seemed to fail', async () => {
    const fail = changeRoom('rule', 'late', async (revision) => {
      stored.later = { id: 'late', kind: 'q', revision };
      throw new Error('connection lost');
    });
    await expect(fail).rejects.toThrow('connection lost');
    await until(async () => (await roomView('rule', 'late', 'public')).rows.length > 0);
    expect((await roomView('rule', 'late', 'public')).rows).toMatchObject([{ id: 'late' }]);
    delete stored.later;
  });

  it('ends up as the snapshot says, whatever is lost, late or doubled on the way', async () => {
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      gone: fc.boolean(),
      fate: fc.constantFrom('arrives', 'lost', 'twice', 'late'),
      beat: fc.boolean(),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        round += 1;
        await followOneRoom(`p${round}`, steps);
      }),
      { numRuns: 60 },
    );
  });

  it('does not bring back what went away while a delta was under way', async () => {
    const change = (gone: boolean, fate: string, beat: boolean): Step => ({ id: 'a', gone, fate, beat });
    await followOneRoom('ghost-1', [
      change(false, 'lost', true),
      change(false, 'late', true),
      change(true, 'arrives', false),
    ]);
    await followOneRoom('ghost-2', [change(false, 'late', true), change(true, 'arrives', true)]);
  });
});

interface Step {
  id: string;
  gone: boolean;
  fate: string;
  beat: boolean;
}

/** Plays changes into a room, loses and doubles what the page would get, lets it catch up, and compares. */
async function followOneRoom(roomId: string, steps: Step[]): Promise<void> {
  const shown = new Map<string, Row>();
  const page = pageOf(roomId, shown);
  let sentTo = 0;
  let gathered: Row[] = [];
  const late: Delta[] = [];
  for (const { id, gone, fate, beat } of steps) {
    await changeRoom('rule', roomId, async (revision) => {
      const row: Row = { id, kind: 'q', revision, ...(gone && { gone }) };
      gathered.push(row);
      return { public: [row] };
    });
    if (!beat) continue;
    const to = gathered.at(-1)?.revision ?? sentTo;
    const delta: Delta = { from: sentTo, to, rows: gathered, counters: {}, at: 0 };
    sentTo = to;
    gathered = [];
    if (fate === 'late') late.push(delta);
    if (fate === 'arrives' || fate === 'twice') page.take(delta);
    if (fate === 'twice') page.take(delta);
  }
  for (const delta of late) page.take(delta);
  await page.catchUp();
  await page.catchUp(); // one may have been under way
  const { rows, revision } = await roomView('rule', roomId, 'public');
  const byId = (list: Iterable<Row>) => [...list].toSorted((a, b) => a.id.localeCompare(b.id));
  expect(byId(shown.values())).toEqual(byId(rows));
  expect(page.revision).toBe(revision);
}

function pageOf(roomId: string, shown: Map<string, Row>): Room {
  const answer: typeof fetch = async (address) => {
    const since = Number(new URL(String(address)).searchParams.get('since'));
    const { plain } = await deltaSince('rule', roomId, 'public', since);
    return new Response(plain.toString());
  };
  return new Room(
    {
      kind: 'rule',
      id: roomId,
      audience: 'public',
      since: 0,
      onRows: (rows) => {
        for (const row of rows) {
          if (row.gone) shown.delete(row.id);
          else shown.set(row.id, row);
        }
      },
      onCounters: () => undefined,
      onState: () => undefined,
    },
    { origin: 'http://test', csrfToken: () => '', fetch: answer },
    idleLine,
  );
}

it('lets a connection go out of a room once, however often it leaves', async () => {
  const member = { personId: 'p', send: () => undefined };
  const where = { kind: 'rule', id: 'leaving', audience: 'public' };
  const place = await enterRoom(systemActor('test'), member, where);
  place.leave();
  place.leave();
  const again = await enterRoom(systemActor('test'), member, where);
  expect(again.revision).toBe(0);
  again.leave();
});

it('takes what another process changed while the room was being read', async () => {
  const row = (revision: number) => ({ id: 'a', kind: 'q', revision });
  const reading = Promise.withResolvers<LoadedRoom>();
  declareRoom({ kind: 'slow', audiences: ['public'], load: () => reading.promise, admit: async () => undefined });
  const view = roomView('slow', 'r', 'public');
  hear({ type: 'change', kind: 'slow', id: 'r', revision: 2, change: { public: [row(2)] } });
  reading.resolve({ revision: 1, rows: { public: [row(1)] }, counters: {} });
  await view;
  expect((await roomView('slow', 'r', 'public')).rows).toMatchObject([{ revision: 2 }]);
});
