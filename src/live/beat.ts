import { setImmediate as air } from 'node:timers/promises';
import { now } from '../kernel/time.ts';
import { addressedDeltaText, addressText } from './delta.ts';
import { eventFrame } from './frame.ts';
import { takeChanged, type Hall, type Member } from './hall.ts';
import { watchBeat } from './watch.ts';
import type { Counters } from './room.ts';
import type { LiveRoom } from './rooms.ts';

/** Members written to before the event loop gets air. */
const part = 200;
/** A change in a quiet room waits this long for company, in milliseconds. */
const gatherMs = 25;
/** How long a change of the online number alone may wait. */
const presenceMs = 3_000;

/**
 * Milliseconds from one beat of a room to the next: 250 as long as the machine has time for that, longer when beats
 * take long (with a breath between them; the loop breathes within them, too), never above a second.
 */
export function beatInterval(tookMs: number): number {
  return Math.round(Math.min(Math.max(250, 1.1 * tookMs), 1_000));
}

/** Something of the room changed: a beat will tell. */
export function wake(room: LiveRoom): void {
  if (room.timer || room.sending) return;
  const next = room.beatAt + beatInterval(room.beatTook) - performance.now();
  room.timer = setTimeout(() => void beat(room), Math.max(gatherMs, next)).unref();
}

/** Somebody came or went. Rides along with the next beat; alone it waits for some seconds. */
export function wakeForPresence(room: LiveRoom): void {
  room.presenceTimer ??= setTimeout(() => {
    room.presenceTimer = undefined;
    wake(room);
  }, presenceMs).unref();
}

/** Connections in all audiences of a room. */
export function memberCount(room: LiveRoom): number {
  let count = 0;
  for (const hall of room.halls.values()) count += hall.members.size;
  return count;
}

async function beat(room: LiveRoom): Promise<void> {
  room.timer = undefined;
  room.sending = true;
  room.beatAt = performance.now();
  clearTimeout(room.presenceTimer);
  room.presenceTimer = undefined;
  try {
    countPeople(room);
    const counters = room.changedCounters;
    room.changedCounters = {};
    sendPersonal(room);
    for (const hall of room.halls.values()) await sendDelta(room, hall, counters);
  } finally {
    room.sending = false;
    const took = performance.now() - room.beatAt;
    room.beatTook = (room.beatTook + took) / 2; // one slow beat alone does not hold the next ones up
    watchBeat(took);
    if (hasNews(room)) wake(room);
  }
}

function countPeople(room: LiveRoom): void {
  const at = now().getTime();
  const online = room.presence.everywhere(at);
  if (room.counters['online'] === online) return;
  room.counters['online'] = online;
  room.changedCounters['online'] = online;
  room.definition.onOnline?.(room.id, online);
}

async function sendDelta(room: LiveRoom, hall: Hall, counters: Counters): Promise<void> {
  if (hall.changed.size === 0 && Object.keys(counters).length === 0) return;
  const from = hall.sentTo;
  hall.sentTo = room.applied;
  hall.answers.clear();
  const rows = takeChanged(hall);
  if (hall.members.size === 0) return;
  const address = addressText(room.definition.kind, room.id, hall.audience);
  const countersText = JSON.stringify(counters);
  const text = addressedDeltaText(address, { from, to: hall.sentTo, rows, countersText, at: now().getTime() });
  await writeToAll(hall.members, eventFrame('delta', text));
}

/** Writes one frame to everybody, a part at a time. Who joins meanwhile may get it too, which is harmless. */
async function writeToAll(members: ReadonlySet<Member>, frame: Buffer): Promise<void> {
  let written = 0;
  for (const member of members) {
    member.send(frame);
    written += 1;
    if (written % part === 0) await air();
  }
}

function sendPersonal(room: LiveRoom): void {
  if (room.personal.size === 0) return;
  const head = `{"kind":${JSON.stringify(room.definition.kind)},"id":${JSON.stringify(room.id)},"rows":`;
  for (const [personId, rows] of room.personal) {
    const members = room.persons.of(personId);
    if (members.length === 0) continue;
    const frame = eventFrame('personal', `${head}${JSON.stringify([...rows.values()])}}`);
    for (const member of members) member.send(frame);
  }
  room.personal.clear();
}

function hasNews(room: LiveRoom): boolean {
  if (room.personal.size > 0 || Object.keys(room.changedCounters).length > 0) return true;
  return [...room.halls.values()].some((hall) => hall.changed.size > 0);
}
