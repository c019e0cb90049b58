import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/errors.ts';
import { admit } from './admit.ts';
import { memberCount, wakeForPresence } from './beat.ts';
import type { Hall, Member, Part } from './hall.ts';
import { missedFrame } from './missed.ts';
import { peers } from './peers.ts';
import type { Counters } from './room.ts';
import type { LiveRoom } from './rooms.ts';
import { openRoom, partsOf } from './rooms.ts';

/** Members written to before the event loop gets air. */
const largestPart = 200;

/** A connection's place in one audience of a room. There are as many as people: a class keeps them small. */
export class Place {
  readonly #room: LiveRoom;
  readonly #hall: Hall;
  readonly #part: Part;
  readonly #member: Member;
  readonly #counts: boolean;
  #here = true;

  constructor(room: LiveRoom, hall: Hall, part: Part, member: Member, counts: boolean) {
    this.#room = room;
    this.#hall = hall;
    this.#part = part;
    this.#member = member;
    this.#counts = counts;
  }

  isAt({ kind, id, audience }: Where): boolean {
    return this.#room.id === id && this.#room.definition.kind === kind && this.#hall.audience === audience;
  }

  /** Deltas to come continue from here; who has less asks over HTTP. */
  get revision(): number {
    return this.#part.sentTo;
  }

  /** The newest change of the room; who claims to have more saw a state that is no more. */
  get newest(): number {
    return this.#room.applied + peers().overlap;
  }

  /** The latest values of all counters; who asks over HTTP gets them there. */
  get counters(): Counters {
    return this.#room.counters;
  }

  /** Milliseconds over which this room's people should spread their return when the connection breaks. */
  get spreadMs(): number {
    return spread(memberCount(this.#room));
  }

  /** What was missed by somebody who has everything up to `since`, as a ready frame; null when the page has to ask. */
  async missed(since: number, unpacks: boolean): Promise<Buffer | null> {
    return since < this.revision ? missedFrame(this.#room, this.#hall, since, unpacks) : null;
  }

  leave(): void {
    if (this.#here) leave(this.#room, this.#part, this.#member, this.#counts);
    this.#here = false;
  }
}

export interface Where {
  kind: string;
  id: string;
  audience: string;
  /** False for what is nobody, a projector: it does not count among the people. */
  counted?: boolean;
}

/** Lets a connection into an audience of a room; throws a Refusal when the actor may not be there. */
export async function enterRoom(actor: Actor, member: Member, where: Where): Promise<Place> {
  const audience = await admit(actor, where.kind, where.id, where.audience);
  const room = await openRoom(where.kind, where.id);
  const hall = room?.halls.get(audience);
  if (!room || !hall) throw notFound();
  const part = partWithRoom(room, hall);
  const counts = where.counted !== false && room.definition.counts?.(actor, audience) !== false;
  enter(room, part, member, counts);
  return new Place(room, hall, part, member, counts);
}

/** A returning crowd is met at no more than about 1,500 a second; a small room returns almost at once. */
export function spread(members: number): number {
  return Math.round(Math.min(Math.max(members / 1.5, 200), 10_000));
}

function partWithRoom(room: LiveRoom, hall: Hall): Part {
  const there = hall.parts.find(({ members }) => members.size < largestPart);
  if (there) return there;
  const part = { members: new Set<Member>(), seen: room.clock.count, sentTo: room.applied };
  hall.parts.push(part);
  return part;
}

function enter(room: LiveRoom, part: Part, member: Member, counts: boolean): void {
  part.members.add(member);
  room.persons.add(member.personId, member);
  if (counts) room.presence.enter(member.personId);
  room.usedAt = performance.now();
  wakeForPresence(room);
}

function leave(room: LiveRoom, part: Part, member: Member, counts: boolean): void {
  part.members.delete(member);
  if (!inAnotherHall(room, member)) room.persons.remove(member.personId, member);
  if (counts) room.presence.leave(member.personId);
  room.usedAt = performance.now();
  wakeForPresence(room);
}

function inAnotherHall(room: LiveRoom, member: Member): boolean {
  return [...partsOf(room)].some(({ members }) => members.has(member));
}
