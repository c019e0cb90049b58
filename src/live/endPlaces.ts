import { peers } from './peers.ts';
import { roomInMemory, type LiveRoom } from './rooms.ts';

/**
 * Ends the connections that a person holds in the closed audiences of a room, in every process: what they may do there
 * changed. Whoever still may comes back and is let in anew; others stay outside.
 */
export function endPlaces(kind: string, roomId: string, personId: string): void {
  const room = roomInMemory(kind, roomId);
  if (room) endHere(room, personId);
  peers().tell({ type: 'end', kind, id: roomId, personId });
}

/** The same in this process alone. */
export function endHere(room: LiveRoom, personId: string): void {
  for (const hall of room.halls.values()) {
    if (room.definition.open?.includes(hall.audience)) continue;
    for (const { members } of hall.parts) {
      for (const member of [...members]) if (member.personId === personId) member.end?.();
    }
  }
}
