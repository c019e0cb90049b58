import { setImmediate as air } from 'node:timers/promises';
import { now } from '../kernel/time.ts';
import { countersAfter, takeValues } from './counters.ts';
import { addressedDeltaText, addressText } from './delta.ts';
import { eventFrame } from './frame.ts';
import { rowsAfter, type Hall, type Part } from './hall.ts';
import { watchBeat } from './watch.ts';
import { forgetTold, partsOf, type LiveRoom } from './rooms.ts';

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
  for (const { members } of partsOf(room)) count += members.size;
  return count;
}

/**
 * Tells one part after another what is new for it at that moment. So whatever happens while thousands are written to
 * goes with the parts that are still to come, and with the others at the next beat: nothing waits for two whole beats.
 */
async function beat(room: LiveRoom): Promise<void> {
  room.timer = undefined;
  room.sending = true;
  room.beatAt = performance.now();
  clearTimeout(room.presenceTimer);
  room.presenceTimer = undefined;
  try {
    countPeople(room);
    sendPersonal(room);
    for (const hall of room.halls.values()) await tellHall(room, hall);
    forgetTold(room);
  } finally {
    room.sending = false;
    const took = performance.now() - room.beatAt;
    room.beatTook = (room.beatTook + took) / 2; // one slow beat alone does not hold the next ones up
    watchBeat(took);
    if (hasNews(room)) wake(room);
  }
}

function countPeople(room: LiveRoom): void {
  const online = room.presence.everywhere(now().getTime());
  if (room.counters['online'] === online) return;
  takeValues(room, { online });
  room.definition.onOnline?.(room.id, online);
}

async function tellHall(room: LiveRoom, hall: Hall): Promise<void> {
  hall.answers.clear(); // their counters and their time are of the last beat
  let frame: Frame | undefined;
  for (const part of hall.parts) {
    if (!isNewFor(part, room, hall)) {
      part.seen = room.clock.count;
      continue;
    }
    if (frame?.from !== part.sentTo || frame.seen !== part.seen || frame.clock !== room.clock.count) {
      frame = frameFor(part, room, hall);
    }
    part.seen = frame.clock;
    part.sentTo = frame.to;
    for (const member of part.members) member.send(frame.bytes);
    await air();
    sendPersonal(room);
  }
}

/** What some parts are told alike: those that were told the same before, as long as nothing further came in. */
interface Frame {
  from: number;
  to: number;
  seen: number;
  clock: number;
  bytes: Buffer;
}

function frameFor({ sentTo, seen }: Part, room: LiveRoom, hall: Hall): Frame {
  const address = addressText(room.definition.kind, room.id, hall.audience);
  const rows = rowsAfter(hall, seen);
  const countersText = JSON.stringify(countersAfter(room, seen));
  const to = room.applied;
  const text = addressedDeltaText(address, { from: sentTo, to, rows, countersText, at: now().getTime() });
  return { from: sentTo, to, seen, clock: room.clock.count, bytes: eventFrame('delta', text) };
}

function isNewFor({ seen }: Part, room: LiveRoom, hall: Hall): boolean {
  return hall.news.isAfter(seen) || room.counterNews.isAfter(seen);
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
  if (room.personal.size > 0) return true;
  return [...room.halls.values()].some((hall) => hall.parts.some((part) => isNewFor(part, room, hall)));
}
