import { notFound, Refusal, tooMany } from '../kernel/errors.ts';
import { wake } from './beat.ts';
import { takeRow } from './hall.ts';
import { peers } from './peers.ts';
import type { Change, Row } from './room.ts';
import { countRows, openRoom, type LiveRoom } from './rooms.ts';

/** Changes of one room that may wait in line before further ones are refused. */
const longestLine = 2_000;
/** Changes that are made in one turn. */
const largestGroup = 200;

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
  const room = await enterLine(kind, roomId);
  await inTurn(room, () => makeTurn(room, 1, async (revision) => [await run(revision)])).finally(
    () => (room.waiting -= 1),
  );
}

/** One of several changes that are made in one turn, with the number it must be stored with. */
export interface Numbered<Item> {
  item: Item;
  revision: number;
}
/** What became of it: the rows and what its caller hears, or why it was refused, which concerns nobody else. */
export type Made<Result> = { change: Change; result: Result } | Error;

/**
 * Changes of one sort that wait in the line of a room are made as one turn: `make` gets all of them and writes them
 * together, so a hundred cost little more than one. Nobody waits for company: a turn takes whoever is there when it
 * begins. Gives the function that makes one change with the others; it throws what changeRoom throws.
 */
export function groupChanges<Item, Result>(
  kind: string,
  make: (roomId: string, items: readonly Numbered<Item>[]) => Promise<readonly Made<Result>[]>,
): (roomId: string, item: Item) => Promise<Result> {
  const groups = new WeakMap<LiveRoom, { items: Item[]; made: Promise<readonly Made<Result>[]> }>();

  function newGroup(room: LiveRoom) {
    const items: Item[] = [];
    const run = async () => {
      if (groups.get(room) === group) groups.delete(room);
      let made: readonly Made<Result>[] = [];
      await makeTurn(room, items.length, async (first) => {
        made = await make(
          room.id,
          items.map((item, index) => ({ item, revision: first + index })),
        );
        return made.map((one) => (one instanceof Error ? one : one.change));
      });
      return made;
    };
    const group = { items, made: inTurn(room, run) };
    groups.set(room, group);
    return group;
  }

  return async (roomId, item) => {
    const room = await enterLine(kind, roomId);
    try {
      const there = groups.get(room);
      const group = there && there.items.length < largestGroup ? there : newGroup(room);
      const place = group.items.push(item) - 1;
      const made = (await group.made)[place] as Made<Result>;
      if (made instanceof Error) throw made;
      return made.result;
    } finally {
      room.waiting -= 1;
    }
  };
}

async function enterLine(kind: string, roomId: string): Promise<LiveRoom> {
  const room = await openRoom(kind, roomId);
  if (!room) throw notFound();
  if (room.waiting >= longestLine) throw tooMany(5);
  room.waiting += 1;
  return room;
}

/** Runs after everything that was put in the line of the room before. */
function inTurn<Result>(room: LiveRoom, run: () => Promise<Result>): Promise<Result> {
  const turn = room.tail.then(run);
  room.tail = turn.catch(() => undefined);
  return turn;
}

/** One turn of `count` changes with numbers from `first` on; they are told together, after the last was written. */
async function makeTurn(
  room: LiveRoom,
  count: number,
  run: (first: number) => Promise<readonly (Change | Error)[]>,
): Promise<void> {
  const { kind } = room.definition;
  const first = await peers().nextRevisions(kind, room.id, room.issued, count);
  room.issued = Math.max(room.issued, first + count - 1);
  const unused = (revision: number) => peers().tell({ type: 'unused', kind, id: room.id, revision });
  let changes: readonly (Change | Error)[];
  try {
    changes = await run(first);
  } catch (error) {
    // A Refusal comes before the write. Anything else may have been written or not: look.
    if (!(error instanceof Refusal)) void readAgain(room);
    else for (let revision = first; revision < first + count; revision += 1) unused(revision);
    throw error;
  }
  for (const [index, change] of changes.entries()) {
    const revision = first + index;
    if (change instanceof Error) unused(revision);
    else {
      takeChange(room, revision, change);
      peers().tell({ type: 'change', kind, id: room.id, revision, change });
    }
  }
}

/** Puts a change that was made, here or in another process, into the room's memory and has it told. */
export function takeChange(room: LiveRoom, revision: number, change: Change): void {
  room.applied = Math.max(room.applied, revision);
  room.issued = Math.max(room.issued, revision);
  for (const hall of room.halls.values()) {
    for (const row of change[hall.audience] ?? []) takeRow(hall, row);
  }
  for (const [personId, rows] of Object.entries(change.persons ?? {})) takePersonal(room, personId, rows);
  countRows(room);
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
    countRows(room);
    wake(room);
  } catch {
    // The database is away: whoever changes the room next hears it.
  }
}
