import { now } from '../kernel/time.ts';
import { wakeForPresence } from './beat.ts';
import { roomInMemory } from './rooms.ts';

/** Counts a person who is in a room without a socket, because they ask over HTTP, for the next twenty seconds. */
export function countPoller(kind: string, id: string, personId: string): void {
  const room = roomInMemory(kind, id);
  if (!room) return;
  room.presence.seen(personId, now().getTime());
  wakeForPresence(room);
}
