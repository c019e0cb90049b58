import type { Counters, Row } from '../../src/browser/live/index.ts';
import type { Line } from '../../src/browser/live/line.ts';
import type { Live } from '../../src/browser/live/live.ts';
import type { State } from '../../src/browser/live/room.ts';

/** What a page shows of a room. */
export interface Page {
  rows: Map<string, Row>;
  personal: Row[];
  counters: Counters;
  states: State[];
  /** How often each row was given. */
  given: string[];
  leave(): void;
}

/** Joins a room and keeps what a page would show. */
export function openPage(live: Live, id: string, { since = 0, audience = 'public', ownRows = false } = {}): Page {
  const page: Page = { rows: new Map(), personal: [], counters: {}, states: [], given: [], leave: () => undefined };
  page.leave = live.joinRoom({
    kind: 'test',
    id,
    audience,
    since,
    ownRows,
    onRows: (rows) => {
      for (const row of rows) {
        page.given.push(`${row.id}@${row.revision}`);
        if (row.gone) page.rows.delete(row.id);
        else page.rows.set(row.id, row);
      }
    },
    onPersonal: (rows) => page.personal.push(...rows),
    onCounters: (counters) => Object.assign(page.counters, counters),
    onState: (state) => page.states.push(state),
  });
  return page;
}

/** A line over which nothing comes. */
export const idleLine: Line = {
  connected: true,
  ask: async () => undefined,
  on: () => undefined,
  spread: () => undefined,
  hurry: () => undefined,
  cut: () => undefined,
  close: () => undefined,
};
