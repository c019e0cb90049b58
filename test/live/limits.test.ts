import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import WebSocket from 'ws';
import { endSessions } from '../../src/platform/sessions.ts';
import { readSettingValue, settingByKey, storeSetting } from '../../src/platform/settings.ts';
import { useDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { openPage } from './page.ts';
import { newRoom, startStand, write, type LiveStand } from './stand.ts';

useDatabase();
let stand: LiveStand;
beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand.stop());

interface Raw {
  socket: WebSocket;
  messages: string[];
  /** The HTTP status with which the handshake was refused, or the code of the close. */
  ended: Promise<number>;
}

/** Speaks Socket.IO by hand, as an attacker may. */
function dial(headers: Record<string, string> = {}): Raw {
  const socket = new WebSocket(`${stand.base.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers });
  const messages: string[] = [];
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    messages.push(text);
    if (text.startsWith('0')) socket.send('40');
  });
  socket.on('error', () => undefined);
  const ended = new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('close', (code) => resolve(code));
  });
  return { socket, messages, ended };
}

async function connected(headers?: Record<string, string>): Promise<Raw> {
  const raw = dial(headers);
  await until(() => raw.messages.some((text) => text.startsWith('40')));
  return raw;
}

async function set(key: string, value: number): Promise<void> {
  await storeSetting(key, readSettingValue(settingByKey(key), value), 'test');
}

it.each([
  ['another site', { origin: 'https://evil.example' }],
  ['a site that only looks alike', { origin: 'http://127.0.0.1.evil.example' }],
  ['an origin that is none', { origin: 'null' }],
])('refuses a handshake from %s', async (_name, headers) => {
  const { ended } = dial(headers);
  expect(await ended).toBe(400);
});

it('takes a handshake from its own page', async () => {
  const raw = await connected({ origin: stand.base });
  raw.socket.terminate();
});

it('ends a socket that sends a megabyte, and nobody else notices', async () => {
  const id = newRoom();
  const page = openPage(stand.client(), id);
  await until(() => page.states.includes('live'));
  const raw = await connected();
  raw.socket.send(`420${JSON.stringify(['act', 'test.echo', 'x'.repeat(1_048_576)])}`);
  expect(await raw.ended).toBeGreaterThan(0);
  await write(id, ['a']);
  await until(() => page.rows.has('a'));
  expect(page.states).toEqual(['live']);
});

it('slows and then ends a flood, while others are served as before', async () => {
  const id = newRoom();
  const live = stand.client();
  const page = openPage(live, id);
  await until(() => page.states.includes('live'));
  const raw = await connected();
  const flood = setInterval(() => {
    for (let index = 0; index < 500; index += 1) raw.socket.send(`420${JSON.stringify(['act', 'test.echo', index])}`);
  }, 10);
  try {
    await until(() => raw.messages.some((text) => text.includes('too-many')));
    for (let round = 0; round < 5; round += 1) {
      expect(await live.act('test.echo', round)).toMatchObject({ ok: true, value: { input: round } });
      await write(id, [`row-${round}`]);
      await until(() => page.rows.has(`row-${round}`));
    }
    await raw.ended;
    const served = raw.messages.filter((text) => text.includes('"ok":true')).length;
    expect(served).toBeLessThan(100);
  } finally {
    clearInterval(flood);
  }
});

it('refuses the socket after the last one an address may have, and frees its place when one ends', async () => {
  await set('live.sockets-per-address', stand.realtime.count() + 2);
  try {
    const [first] = await Promise.all([connected(), connected()]);
    expect(await dial().ended).toBe(400);
    first?.socket.terminate();
    await first?.ended;
    await until(async () => {
      const next = dial();
      const taken = new Promise((resolve) => next.socket.on('message', () => resolve('taken')));
      return (await Promise.race([next.ended, taken])) === 'taken';
    });
  } finally {
    await storeSetting('live.sockets-per-address', null, 'test');
  }
});

it('refuses more sockets of one person than the setting says', async () => {
  await set('live.sockets-per-person', 2);
  try {
    const headers = { 'x-person': 'guest/manytabs01' };
    await Promise.all([connected(headers), connected(headers)]);
    const third = dial(headers);
    await until(() => third.messages.some((text) => text.startsWith('44')));
    expect(third.messages.some((text) => text.startsWith('40'))).toBe(false);
  } finally {
    await storeSetting('live.sockets-per-person', null, 'test');
  }
});

it('turns refusals into sentences and hides what broke', async () => {
  const live = stand.client();
  const page = openPage(live, newRoom());
  await until(() => page.states.includes('live'));
  expect(await live.act('test.refuse', {})).toMatchObject({ ok: false, error: { code: 'conflict' } });
  const broken = await live.act('test.break', {});
  expect(broken).toMatchObject({ ok: false, error: { code: 'defect' } });
  expect(JSON.stringify(broken)).not.toContain('secret');
  for (const name of ['test.unknown', 'constructor', '__proto__']) {
    expect(await live.act(name, {})).toMatchObject({ ok: false, error: { code: 'not-found' } });
  }
});

const hash = (sessionId: string) => createHash('sha256').update(sessionId).digest('base64url');
async function storeSession(sessionId: string, personId: string): Promise<void> {
  await mongoose.connection.collection<{ _id: string }>('sessions').insertOne({
    _id: hash(sessionId),
    session: { personId, startedAt: Date.now() },
    expires: new Date(Date.now() + 60_000),
  } as never);
}

it('looks at the session again at every message', async () => {
  await storeSession('session-one', 'li00000001');
  const raw = await connected({ 'x-person': 'staff/li00000001/session-one' });
  raw.socket.send('421["act","test.echo",1]');
  await until(() => raw.messages.some((text) => text.startsWith('431') && text.includes('"ok":true')));
  await mongoose.connection.collection('sessions').deleteMany({});
  raw.socket.send('422["act","test.echo",2]');
  await raw.ended;
  expect(raw.messages.find((text) => text.startsWith('432'))).toContain('unauthenticated');
});

it('ends the sockets of a person whose sessions end, but not the one that is kept', async () => {
  await storeSession('session-two', 'wang000001');
  await storeSession('session-three', 'wang000001');
  const kept = await connected({ 'x-person': 'staff/wang000001/session-two' });
  const other = await connected({ 'x-person': 'staff/wang000001/session-three' });
  await endSessions('wang000001', 'session-two');
  await other.ended;
  expect(kept.socket.readyState).toBe(WebSocket.OPEN);
  await endSessions('wang000001');
  await kept.ended;
});
