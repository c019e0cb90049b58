import { deltaText, type Held } from './delta.ts';
import type { PreparedAnswers } from './prepared.ts';
import type { Audience, Row, Tally } from './room.ts';

/** One connection in a room. A person with three tabs has three. */
export interface Member {
  readonly personId: string;
  /** Writes one ready frame; one that is too far behind is left out and catches up by itself. */
  send(frame: Buffer): void;
  /** Ends the connection; it may come back and is then looked at anew. */
  end?(): void;
}

/** One audience of one room in memory: its rows, what changed since the last beat, who is connected. */
export interface Hall {
  readonly audience: Audience;
  readonly rows: Map<string, Held>;
  /** Rows that changed since the last beat; a row that changed five times stands here once. */
  readonly changed: Set<string>;
  readonly members: Set<Member>;
  /** The `to` of the last delta. */
  sentTo: number;
  readonly answers: PreparedAnswers;
  readonly tally: Tally | undefined;
  /** How many rows there are of each sort. */
  readonly sorts: Map<string, number>;
}

/** Takes the row unless a newer one is here already; says whether it was news. */
export function takeRow(hall: Hall, row: Row): boolean {
  const held = hall.rows.get(row.id);
  if (held && held.revision >= row.revision) return false;
  const sort = hall.tally?.sortOf(row) ?? null;
  if (held) count(hall, held.sort, -1);
  count(hall, sort, 1);
  hall.rows.set(row.id, { revision: row.revision, gone: row.gone === true, text: JSON.stringify(row), sort });
  hall.changed.add(row.id);
  hall.answers.clear();
  return true;
}

function count(hall: Hall, sort: string | null, by: number): void {
  if (sort !== null) hall.sorts.set(sort, (hall.sorts.get(sort) ?? 0) + by);
}

/** The texts of the rows that changed since the last beat; afterwards nothing counts as changed. */
export function takeChanged(hall: Hall): string[] {
  const texts: string[] = [];
  for (const id of hall.changed) {
    const held = hall.rows.get(id);
    if (held) texts.push(held.text);
  }
  hall.changed.clear();
  return texts;
}

/**
 * The answer to "what changed since": every row newer than `since`, all counters. From 0 it is the snapshot, where rows
 * that are gone need not be told.
 */
export function changedSince(hall: Hall, since: number, to: number, countersText: string, at: number): string {
  const texts: string[] = [];
  for (const held of hall.rows.values()) {
    if (held.revision > since && !(since === 0 && held.gone)) texts.push(held.text);
  }
  return deltaText({ from: since, to, rows: texts, countersText, at });
}
