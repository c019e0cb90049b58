import { now } from '../kernel/time.ts';
import type { Actor } from '../kernel/actor.ts';
import { wakeForPresence } from './beat.ts';
import type { Audience } from './room.ts';
import { roomInMemory } from './rooms.ts';

/** Counts a person who is in a room without a socket, because they ask over HTTP, for the next twenty seconds. */
export function countPoller(kind: string, id: string, actor: Actor, audience: Audience): void {
  const room = roomInMemory(kind, id);
  if (!room || room.definition.counts?.(actor, audience) === false) return;
  room.presence.seen(actor.id, now().getTime());
  wakeForPresence(room);
}
