/** A row in memory: encoded when it changes, never again. */
export interface Held {
  revision: number;
  gone: boolean;
  text: string;
  /** What it counts as, when rows of this audience are counted. */
  sort: string | null;
}

interface Parts {
  from: number;
  to: number;
  /** Rows, already JSON. */
  rows: readonly string[];
  /** Counters, already JSON. */
  countersText: string;
  at: number;
}

/** Puts `{ from, to, rows, counters, at }` together from ready texts; `at` is the server's clock in milliseconds. */
export function deltaText(parts: Parts): string {
  return `{"from":${parts.from},"to":${parts.to},"rows":[${parts.rows.join(',')}],"counters":${parts.countersText},"at":${parts.at}}`;
}

/** The same with the address of the room in front, for a socket that may be in several rooms. */
export function addressedDeltaText(address: string, parts: Parts): string {
  return `${address}${deltaText(parts).slice(1)}`;
}

/** The beginning of every message to one audience of a room. */
export function addressText(kind: string, id: string, audience: string): string {
  return `{"kind":${JSON.stringify(kind)},"id":${JSON.stringify(id)},"audience":${JSON.stringify(audience)},`;
}
