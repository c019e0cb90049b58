/** A row as the server sends it; newer revisions replace older ones, `gone` takes it away. */
export interface Row {
  id: string;
  kind: string;
  revision: number;
  gone?: true;
  [field: string]: unknown;
}
export type Counters = Record<string, number | Record<string, number>>;
export interface Delta {
  from: number;
  to: number;
  rows: Row[];
  counters: Counters;
  /** The server's clock, milliseconds. */
  at: number;
}
/** Where a delta or personal rows belong. */
export interface Address {
  kind: string;
  id: string;
  audience: string;
}

/** What came of an action; `message` is a sentence for the person, empty when nobody could be reached (`offline`, `no-answer`). */
export type Outcome =
  | { ok: true; value: unknown }
  | { ok: false; error: { code: string; message: string; fields: Record<string, string>; retryAfter?: number } };

/** An outcome for when there was no answer at all. */
export function unanswered(code: 'offline' | 'no-answer'): Outcome {
  return { ok: false, error: { code, message: '', fields: {} } };
}
