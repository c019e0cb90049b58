import type { InterviewRecord } from './record.ts';

/** Archived records that were read lately: they hardly change, and thousands may open one at once. */
const kept = new Map<string, { record: Promise<InterviewRecord>; until: number }>();
/** For how long, in milliseconds: what another process changed is seen after that. */
const keepsMs = 30_000;
const most = 20;

/** Gives the record that was read lately, or reads it; several who ask at once cause one reading. */
export function keptRecord(interviewId: string, read: () => Promise<InterviewRecord>): Promise<InterviewRecord> {
  const there = kept.get(interviewId);
  if (there && there.until > Date.now()) return there.record;
  const record = read();
  kept.delete(interviewId);
  kept.set(interviewId, { record, until: Date.now() + keepsMs });
  record.catch(() => forgetRecord(interviewId));
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return record;
}

/** Something in the record changed: the next reader gets it anew. */
export function forgetRecord(interviewId: string): void {
  kept.delete(interviewId);
}
