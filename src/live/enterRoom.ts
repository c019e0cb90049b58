import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/errors.ts';
import { admit } from './admit.ts';
import { memberCount, wakeForPresence } from './beat.ts';
import type { Hall, Member } from './hall.ts';
import { peers } from './peers.ts';
import type { Counters } from './room.ts';
import type { LiveRoom } from './rooms.ts';
import { openRoom } from './rooms.ts';

/** A connection's place in one audience of a room. */
export interface Place {
  /** Deltas to come continue from here; who has less asks over HTTP. */
  readonly revision: number;
  /** The newest change of the room; who claims to have more saw a state that is no more. */
  readonly newest: number;
  /** Milliseconds over which this room's people should spread their return when the connection breaks. */
  readonly spreadMs: number;
  /** The latest values of all counters; who asks over HTTP gets them there. */
  readonly counters: Counters;
  leave(): void;
}

/** Lets a connection into an audience of a room; throws a Refusal when the actor may not be there. */
export async function enterRoom(
  actor: Actor,
  member: Member,
  where: { kind: string; id: string; audience: string },
): Promise<Place> {
  const audience = await admit(actor, where.kind, where.id, where.audience);
  const room = await openRoom(where.kind, where.id);
  const hall = room?.halls.get(audience);
  if (!room || !hall) throw notFound();
  enter(room, hall, member);
  let here = true;
  return {
    get revision() {
      return hall.sentTo;
    },
    get newest() {
      return Math.max(room.applied, hall.sentTo) + peers().overlap;
    },
    get counters() {
      return room.counters;
    },
    get spreadMs() {
      return spread(memberCount(room));
    },
    leave: () => {
      if (here) leave(room, hall, member);
      here = false;
    },
  };
}

/** A returning crowd is met at no more than about 1,500 a second; a small room returns almost at once. */
export function spread(members: number): number {
  return Math.round(Math.min(Math.max(members / 1.5, 200), 10_000));
}

function enter(room: LiveRoom, hall: Hall, member: Member): void {
  hall.members.add(member);
  const own = room.persons.get(member.personId);
  if (own) own.add(member);
  else room.persons.set(member.personId, new Set([member]));
  room.presence.enter(member.personId);
  room.usedAt = performance.now();
  wakeForPresence(room);
}

function leave(room: LiveRoom, hall: Hall, member: Member): void {
  hall.members.delete(member);
  const own = room.persons.get(member.personId);
  if (own && !inAnotherHall(room, member)) {
    own.delete(member);
    if (own.size === 0) room.persons.delete(member.personId);
  }
  room.presence.leave(member.personId);
  room.usedAt = performance.now();
  wakeForPresence(room);
}

function inAnotherHall(room: LiveRoom, member: Member): boolean {
  for (const hall of room.halls.values()) if (hall.members.has(member)) return true;
  return false;
}
