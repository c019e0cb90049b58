import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/errors.ts';
import { admit } from './admit.ts';
import { memberCount, wakeForPresence } from './beat.ts';
import type { Hall, Member } from './hall.ts';
import { peers } from './peers.ts';
import type { Counters } from './room.ts';
import type { LiveRoom } from './rooms.ts';
import { openRoom } from './rooms.ts';

/** A connection's place in one audience of a room. There are as many as people: a class keeps them small. */
export class Place {
  readonly #room: LiveRoom;
  readonly #hall: Hall;
  readonly #member: Member;
  #here = true;

  constructor(room: LiveRoom, hall: Hall, member: Member) {
    this.#room = room;
    this.#hall = hall;
    this.#member = member;
  }

  isAt({ kind, id, audience }: Where): boolean {
    return this.#room.id === id && this.#room.definition.kind === kind && this.#hall.audience === audience;
  }

  /** Deltas to come continue from here; who has less asks over HTTP. */
  get revision(): number {
    return this.#hall.sentTo;
  }

  /** The newest change of the room; who claims to have more saw a state that is no more. */
  get newest(): number {
    return Math.max(this.#room.applied, this.#hall.sentTo) + peers().overlap;
  }

  /** The latest values of all counters; who asks over HTTP gets them there. */
  get counters(): Counters {
    return this.#room.counters;
  }

  /** Milliseconds over which this room's people should spread their return when the connection breaks. */
  get spreadMs(): number {
    return spread(memberCount(this.#room));
  }

  leave(): void {
    if (this.#here) leave(this.#room, this.#hall, this.#member);
    this.#here = false;
  }
}

export interface Where {
  kind: string;
  id: string;
  audience: string;
}

/** Lets a connection into an audience of a room; throws a Refusal when the actor may not be there. */
export async function enterRoom(actor: Actor, member: Member, where: Where): Promise<Place> {
  const audience = await admit(actor, where.kind, where.id, where.audience);
  const room = await openRoom(where.kind, where.id);
  const hall = room?.halls.get(audience);
  if (!room || !hall) throw notFound();
  enter(room, hall, member);
  return new Place(room, hall, member);
}

/** A returning crowd is met at no more than about 1,500 a second; a small room returns almost at once. */
export function spread(members: number): number {
  return Math.round(Math.min(Math.max(members / 1.5, 200), 10_000));
}

function enter(room: LiveRoom, hall: Hall, member: Member): void {
  hall.members.add(member);
  room.persons.add(member.personId, member);
  room.presence.enter(member.personId);
  room.usedAt = performance.now();
  wakeForPresence(room);
}

function leave(room: LiveRoom, hall: Hall, member: Member): void {
  hall.members.delete(member);
  if (!inAnotherHall(room, member)) room.persons.remove(member.personId, member);
  room.presence.leave(member.personId);
  room.usedAt = performance.now();
  wakeForPresence(room);
}

function inAnotherHall(room: LiveRoom, member: Member): boolean {
  for (const hall of room.halls.values()) if (hall.members.has(member)) return true;
  return false;
}
