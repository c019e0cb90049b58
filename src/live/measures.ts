import { gauge, histogram } from '../platform/metrics.ts';
import { memberCount } from './beat.ts';
import { roomsInMemory } from './rooms.ts';
import { onBeat } from './watch.ts';

let askSockets: (() => number) | undefined;

/** Has the live side measured: sockets (asked from `sockets`), rooms and their sizes, how long a beat takes. */
export function measureRooms(sockets: () => number): void {
  const measured = askSockets !== undefined;
  askSockets = sockets;
  if (measured) return;
  gauge('live_sockets', 'Open sockets of this process', [], (made) => made.set(askSockets?.() ?? 0));
  gauge('live_rooms', 'Rooms held in memory', ['kind'], (made) => {
    made.reset();
    for (const room of roomsInMemory()) made.inc({ kind: room.definition.kind });
  });
  gauge('live_room_size', 'Connections in the largest room', ['kind'], (made) => {
    const largest = new Map<string, number>();
    for (const room of roomsInMemory()) {
      const { kind } = room.definition;
      largest.set(kind, Math.max(largest.get(kind) ?? 0, memberCount(room)));
    }
    made.reset();
    for (const [kind, size] of largest) made.set({ kind }, size);
  });
  const beats = histogram('live_beat_seconds', 'How long one beat of a room took to be written to everybody');
  onBeat((tookMs) => beats.observe(tookMs / 1_000));
}
