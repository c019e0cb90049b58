import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { newId } from '../../src/kernel/id.ts';
import { countRoom } from '../../src/live/index.ts';
import { useDatabase } from '../support/database.ts';
import { Room } from '../../src/browser/live/room.ts';
import { until } from '../support/until.ts';
import { idleLine, openPage } from './page.ts';
import { newRoom, startStand, store, write, writeOwn, type LiveStand } from './stand.ts';

useDatabase();
let stand: LiveStand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.stop());

it('gives a page what was there and then every change, each once', async () => {
  const id = newRoom();
  await write(id, ['a', 'b']);
  const page = openPage(stand.client(), id);
  await until(() => page.rows.size === 2);
  await write(id, ['c']);
  await until(() => page.rows.has('c'));
  expect(page.given.toSorted()).toEqual(['a@1', 'b@1', 'c@2']);
  expect(page.states.at(-1)).toBe('live');
});

it('sends a row that changed five times within a beat once', async () => {
  const id = newRoom();
  const page = openPage(stand.client(), id);
  await until(() => page.states.includes('live'));
  for (const text of ['1', '2', '3', '4', '5']) await write(id, ['a'], { text });
  await until(() => page.rows.get('a')?.['text'] === '5');
  expect(page.given.length).toBeLessThanOrEqual(2);
});

it('takes a row away that is gone, and does not tell newcomers of it', async () => {
  const id = newRoom();
  await write(id, ['a', 'b']);
  const page = openPage(stand.client(), id);
  await until(() => page.rows.size === 2);
  await write(id, ['a'], { gone: true });
  await until(() => !page.rows.has('a'));
  const newcomer = openPage(stand.client(), id);
  await until(() => newcomer.rows.size > 0);
  expect(newcomer.given).toEqual(['b@1']);
});

it('tells only the newest value of a counter', async () => {
  const id = newRoom();
  const page = openPage(stand.client(), id);
  await until(() => page.states.includes('live'));
  for (let votes = 1; votes <= 50; votes += 1) countRoom('test', id, { votes: { q: votes } });
  await until(() => page.counters['votes'] !== undefined);
  expect(page.counters['votes']).toEqual({ q: 50 });
});

it('never shows rows of the desk or of another person to the public', async () => {
  const id = newRoom();
  const own = openPage(stand.client('guest/asker00001'), id);
  const other = openPage(stand.client('guest/other00001'), id);
  const desk = openPage(stand.client('staff/li00000001'), id, { audience: 'desk' });
  await until(() => [own, other, desk].every((page) => page.states.includes('live')));
  await write(id, ['secret'], {}, 'desk');
  await writeOwn(id, 'asker00001', 'received');
  await write(id, ['open']);
  await until(() => own.personal.length > 0 && other.rows.has('open') && desk.rows.has('secret'));
  expect(own.personal.map((row) => row['text'])).toEqual(['received']);
  expect([other.personal, [...other.rows.keys()], [...own.rows.keys()]]).toEqual([[], ['open'], ['open']]);
  const body = await (await fetch(`${stand.base}/live/test/${id}/public/delta?since=0`)).text();
  expect(body).not.toMatch(/secret|received|asker/);
});

it('refuses the desk to a visitor over both ways', async () => {
  const id = newRoom();
  const page = openPage(stand.client(), id, { audience: 'desk' });
  expect((await fetch(`${stand.base}/live/test/${id}/desk/delta?since=0`)).status).toBe(404);
  await write(id, ['secret'], {}, 'desk');
  await until(() => page.states.includes('offline'));
  expect(page.rows.size).toBe(0);
});

it('brings a page up to date after the server was restarted, nothing missed or doubled', async () => {
  const id = newRoom();
  await write(id, ['a']);
  const page = openPage(stand.client('guest/returner01'), id, { ownRows: true });
  await until(() => page.rows.size === 1 && page.states.at(-1) === 'live');
  await stand.restart();
  await write(id, ['b', 'c']);
  await writeOwn(id, 'returner01', 'answered');
  await until(() => page.rows.size === 3 && page.personal.length === 1 && page.states.at(-1) === 'live');
  await write(id, ['d']);
  await until(() => page.rows.has('d'));
  expect(page.given.toSorted()).toEqual(['a@1', 'b@2', 'c@2', 'd@4']);
  expect(page.states.slice(1)).toContain('catching-up');
});

describe('what was missed comes with joining', () => {
  const long = { text: '市民关心的问题'.repeat(40) };
  const many = Array.from({ length: 100 }, (_, index) => `q${index}`);

  /** A room where everything but the first row is missed, and who asked for it over HTTP. */
  async function roomWithMissed(rows: string[], fields: object): Promise<{ id: string; asked: () => string[] }> {
    const id = newRoom();
    await write(id, ['a']);
    await write(id, ['b']);
    await write(id, ['b'], { gone: true });
    await write(id, rows, fields);
    return { id, asked: () => stand.asked.filter((path) => path.includes(id)) };
  }

  it.each([
    ['a few rows as they are', many.slice(0, 3), {}],
    ['many rows packed', many, long],
  ])('%s, without a request', async (_, missed, fields) => {
    const { id, asked } = await roomWithMissed(missed, fields);
    const page = openPage(stand.client(), id, { since: 1 });
    await until(() => page.states.at(-1) === 'live');
    expect(page.given.toSorted()).toEqual(['b@3', ...missed.map((row) => `${row}@4`)].toSorted());
    expect(page.counters).toHaveProperty('asked');
    await write(id, ['later']);
    await until(() => page.rows.has('later'));
    expect(asked()).toEqual([]);
  });

  it('is asked for when there is more than a socket should carry, or the page cannot unpack', async () => {
    const varied = { text: Array.from({ length: 3_000 }, () => newId()).join(' ') };
    const { id, asked } = await roomWithMissed(many, varied);
    const page = openPage(stand.client(), id, { since: 1 });
    await until(() => page.states.at(-1) === 'live' && page.rows.size === many.length);
    expect(asked()).toEqual([`/live/test/${id}/public/delta?since=1`]);

    const { id: second } = await roomWithMissed(many, long);
    const socket = io(stand.base, { transports: ['websocket'], forceNew: true });
    const heard: string[] = [];
    socket.onAny((event: string) => heard.push(event));
    const where = { kind: 'test', id: second, audience: 'public', since: 1 };
    expect(await socket.emitWithAck('join', where)).toMatchObject({ ok: true, value: { revision: 4 } });
    expect(heard).toEqual([]);
    socket.disconnect();
  });

  it('counts for nothing when it cannot be read: the page asks', async () => {
    const { id } = await roomWithMissed(many, long);
    const shown = new Set<string>();
    const room = new Room(
      {
        kind: 'test',
        id,
        audience: 'public',
        since: 1,
        onRows: (rows) => rows.forEach((row) => shown.add(row.id)),
        onCounters: () => undefined,
        onState: () => undefined,
      },
      { origin: stand.base, csrfToken: () => '', fetch },
      idleLine,
    );
    room.takePacked(new TextEncoder().encode('not gzip').buffer);
    await until(() => shown.size > many.length);
    room.leave();
  });
});

it('reads a room once, however many ask at the same time', async () => {
  const id = newRoom();
  await Promise.all(Array.from({ length: 20 }, () => fetch(`${stand.base}/live/test/${id}/public/delta?since=0`)));
  expect(store.get(id)?.loads).toBe(1);
});

it('counts people, not tabs, and those who poll too', async () => {
  const id = newRoom();
  const first = stand.client('guest/tabs000001');
  const page = openPage(first, id);
  openPage(stand.client('guest/tabs000001'), id);
  openPage(stand.client('guest/alone00001'), id);
  await fetch(`${stand.base}/live/test/${id}/public/delta?since=0&poll=1`, {
    headers: { 'x-person': 'guest/poller0001' },
  });
  await until(() => page.counters['online'] === 3);
  first.close();
  const late = openPage(stand.client('guest/tabs000001'), id);
  await until(() => late.counters['online'] === 3);
});
