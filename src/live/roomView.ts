import { notFound } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';
import { changedSince, type Hall } from './hall.ts';
import { peers } from './peers.ts';
import type { PreparedAnswer } from './prepared.ts';
import type { Audience, Counters, Row } from './room.ts';
import { openRoom, type LiveRoom } from './rooms.ts';

/** What a page is drawn from; it then joins with `since: revision`. */
export interface RoomView {
  revision: number;
  rows: Row[];
  counters: Counters;
}

/** Gives all rows of an audience (without those gone) and the counters as they are in memory; 404 when there is no room. */
export async function roomView(kind: string, roomId: string, audience: Audience): Promise<RoomView> {
  const room = await openRoom(kind, roomId);
  const hall = room?.halls.get(audience);
  if (!room || !hall) throw notFound();
  const rows = [...hall.rows.values()].filter((held) => !held.gone).map((held) => JSON.parse(held.text) as Row);
  return { revision: room.applied, rows, counters: structuredClone(room.counters) };
}

/** The ready answer to "what changed since revision `since`"; everybody who asks the same gets the same buffer. */
export async function deltaSince(
  kind: string,
  roomId: string,
  audience: Audience,
  since: number,
): Promise<PreparedAnswer> {
  const room = await openRoom(kind, roomId);
  const hall = room?.halls.get(audience);
  if (!room || !hall) throw notFound();
  return answerSince(room, hall, since);
}

/** The same for a room that is at hand. */
export function answerSince(room: LiveRoom, hall: Hall, since: number): PreparedAnswer {
  const { overlap } = peers();
  // A revision from the future means the database was put back to an earlier day: start again.
  const from = since > room.applied + overlap ? 0 : Math.max(0, since - overlap);
  return hall.answers.get(from, () =>
    changedSince(hall, from, room.applied, JSON.stringify(room.counters), now().getTime()),
  );
}
