import { createHash } from 'node:crypto';
import type { InterviewRecord } from './record.ts';

/** Files that were written lately, by the sum of what is in them: a popular record is set in type once. */
const kept = new Map<string, Promise<Buffer>>();
const most = 12;

/** Gives a file of a record, or writes it; several who ask at once cause one writing. */
export function keptFile(record: InterviewRecord, name: string, write: () => Promise<Buffer>): Promise<Buffer> {
  const { interview, ...rest } = record;
  const { trail: _trail, ...facts } = interview;
  const key = createHash('sha256')
    .update(JSON.stringify([name, facts, rest]))
    .digest('base64');
  const there = kept.get(key);
  if (there) {
    kept.delete(key); // to the end of the line
    kept.set(key, there);
    return there;
  }
  const file = write();
  kept.set(key, file);
  file.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return file;
}
