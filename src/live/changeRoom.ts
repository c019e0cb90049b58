import { notFound, Refusal, tooMany } from '../kernel/errors.ts';
import { wake } from './beat.ts';
import { takeRow } from './hall.ts';
import { peers } from './peers.ts';
import type { Change, Row } from './room.ts';
import { openRoom, type LiveRoom } from './rooms.ts';

/** Changes of one room that may wait in line before further ones are refused. */
const longestLine = 2_000;

/**
 * Makes one change of a room; changes of the same room are made one after another. `run` gets the new revision, must
 * store it in the changed documents by the same write, and gives back the rows as they are now. What `run` throws is
 * thrown, nothing is told then, and the number is simply not used. `run` must not change the same room again.
 * Throws 404 when there is no such room and 429 when far too many changes wait.
 */
export async function changeRoom(
  kind: string,
  roomId: string,
  run: (revision: number) => Promise<Change>,
): Promise<void> {
  const room = await openRoom(kind, roomId);
  if (!room) throw notFound();
  if (room.waiting >= longestLine) throw tooMany(5);
  room.waiting += 1;
  const turn = room.tail.then(() => make(room, run)).finally(() => (room.waiting -= 1));
  room.tail = turn.catch(() => undefined);
  return turn;
}

async function make(room: LiveRoom, run: (revision: number) => Promise<Change>): Promise<void> {
  const { kind } = room.definition;
  const revision = await peers().nextRevision(kind, room.id, room.issued);
  room.issued = Math.max(room.issued, revision);
  let change: Change;
  try {
    change = await run(revision);
  } catch (error) {
    // A Refusal comes before the write. Anything else may have been written or not: look.
    if (!(error instanceof Refusal)) void readAgain(room);
    else peers().tell({ type: 'unused', kind, id: room.id, revision });
    throw error;
  }
  takeChange(room, revision, change);
  peers().tell({ type: 'change', kind, id: room.id, revision, change });
}

/** Puts a change that was made, here or in another process, into the room's memory and has it told. */
export function takeChange(room: LiveRoom, revision: number, change: Change): void {
  room.applied = Math.max(room.applied, revision);
  room.issued = Math.max(room.issued, revision);
  for (const hall of room.halls.values()) {
    for (const row of change[hall.audience] ?? []) takeRow(hall, row);
  }
  for (const [personId, rows] of Object.entries(change.persons ?? {})) takePersonal(room, personId, rows);
  wake(room);
}

function takePersonal(room: LiveRoom, personId: string, rows: readonly Row[]): void {
  if (!room.persons.has(personId)) return;
  const waiting = room.personal.get(personId) ?? new Map<string, Row>();
  room.personal.set(personId, waiting);
  for (const row of rows) {
    const there = waiting.get(row.id);
    if (!there || there.revision < row.revision) waiting.set(row.id, row);
  }
}

/** Reads the room from the database again and takes what is newer there. Trouble with the database is left to the next change. */
export async function readAgain(room: LiveRoom): Promise<void> {
  try {
    const loaded = await room.definition.load(room.id);
    if (!loaded) return;
    room.applied = Math.max(room.applied, loaded.revision);
    room.issued = Math.max(room.issued, loaded.revision);
    for (const hall of room.halls.values()) {
      for (const row of loaded.rows[hall.audience] ?? []) takeRow(hall, row);
    }
    wake(room);
  } catch {
    // The database is away: whoever changes the room next hears it.
  }
}
