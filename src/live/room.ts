import type { Actor } from '../kernel/actor.ts';

/** Who a set of rows is for: everyone, or the people who work on the room (screener, guests, recorder, host). */
export type Audience = 'public' | 'desk';

/** Something people in a room see: a question, an answer, a turn of the record, the stage, the phase, a notice. */
export interface Row {
  id: string;
  kind: string;
  /** The room's counter when the row last changed; stored by the same write as the change itself. */
  revision: number;
  /** The row has left this audience: withdrawn, merged, hidden. */
  gone?: true;
  [field: string]: unknown;
}

/** Latest values, lossy on purpose: `{ online: 12, votes: { [questionId]: 3 } }`. */
export type Counters = Record<string, number | Record<string, number>>;

/** What one change of a room did, as rows by audience, and rows that only one person may see. */
export interface Change {
  public?: readonly Row[];
  desk?: readonly Row[];
  persons?: Readonly<Record<string, readonly Row[]>>;
}

/** A room as the database holds it. */
export interface LoadedRoom {
  /** The highest revision stored in any document of the room, shown to somebody or not. */
  revision: number;
  /** Every row of every audience; rows that left an audience stay as `{ id, kind, revision, gone: true }`. */
  rows: Partial<Record<Audience, Row[]>>;
  counters: Counters;
}

/** Counts the rows of an audience by sort, in memory, as they change. */
export interface Tally {
  audience: Audience;
  /** The sort of a row; null when it is not counted. */
  sortOf(row: Row): string | null;
  counters(of: (...sorts: string[]) => number): Record<string, number>;
}

/** One kind of room, declared by the feature that owns it. */
export interface RoomDefinition {
  kind: string;
  audiences: readonly Audience[];
  /** Audiences that anyone may join who can see the room: `admit` is asked once a second for all of them together. */
  open?: readonly Audience[];
  /** Counters that follow from the rows of one audience: how many there are of each sort. */
  tally?: Tally;
  /** Reads a whole room; null when there is no such room. */
  load(roomId: string): Promise<LoadedRoom | null>;
  /** Throws a Refusal when this actor may not be in the room with that audience. */
  admit(actor: Actor, roomId: string, audience: Audience): Promise<void>;
  /** Who counts among the people that are there; everybody when it is not said. */
  counts?(actor: Actor, audience: Audience): boolean;
  /** Told with a beat how many people are there, when that changed. */
  onOnline?(roomId: string, online: number): void;
  /** The rows of one person (the fate of their own questions), for catching up. */
  personal?(actor: Actor, roomId: string): Promise<Row[]>;
}

const definitions = new Map<string, RoomDefinition>();

/** Makes a kind of room known to this process; declaring the same kind again replaces it. */
export function declareRoom(definition: RoomDefinition): RoomDefinition {
  definitions.set(definition.kind, definition);
  return definition;
}

/** Gives the definition of a kind of room, undefined when nobody declared it. */
export function roomDefinition(kind: string): RoomDefinition | undefined {
  return definitions.get(kind);
}
