import { wake } from './beat.ts';
import { takeValues } from './counters.ts';
import { peers } from './peers.ts';
import type { Counters } from './room.ts';
import { roomInMemory, type LiveRoom } from './rooms.ts';

/**
 * Takes the latest values of counters of a room; they ride along with the next beat, and only the newest is sent.
 * Groups (`votes`) are merged by their keys. A room that is not in memory reads its counters when it is opened.
 */
export function countRoom(kind: string, roomId: string, counters: Counters): void {
  const room = roomInMemory(kind, roomId);
  if (room) takeCounters(room, counters);
  peers().tell({ type: 'counters', kind, id: roomId, counters });
}

/** Puts counters into the room's memory and has them told. */
export function takeCounters(room: LiveRoom, counters: Counters): void {
  takeValues(room, counters);
  wake(room);
}
