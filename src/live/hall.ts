import { deltaText, type Held } from './delta.ts';
import type { News } from './news.ts';
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

/** Members who are written to in one go; a beat tells one part after another what is new for it at that moment. */
export interface Part {
  readonly members: Set<Member>;
  /** The clock of the room when this part was last told. */
  seen: number;
  /** The `to` of its last delta. */
  sentTo: number;
}

/** One audience of one room in memory: its rows, what is new of them, who is connected. */
export interface Hall {
  readonly audience: Audience;
  readonly rows: Map<string, Held>;
  /** Rows that not every part was told of. */
  readonly news: News;
  parts: Part[];
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
  hall.news.add(row.id);
  hall.answers.clear();
  return true;
}

function count(hall: Hall, sort: string | null, by: number): void {
  if (sort !== null) hall.sorts.set(sort, (hall.sorts.get(sort) ?? 0) + by);
}

/** The texts of the rows that came in after the room's clock stood at `seen`. */
export function rowsAfter(hall: Hall, seen: number): string[] {
  return hall.news.since(seen).flatMap((id) => hall.rows.get(id)?.text ?? []);
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
