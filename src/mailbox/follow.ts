import { LetterModel } from './letterModel.ts';
import type { Letter } from './record.ts';

/** Somebody who keeps a picture of the letters in memory. */
export interface Follower {
  /** Letters that changed, any number of times over. */
  take(letters: readonly Letter[]): void;
}

const followers: Follower[] = [];
/** Clocks of two processes may differ, and a write may become visible later than its moment: so much is read twice. */
const overlapMs = 3_000;
const fields = { trail: 0, outbox: 0, pastClocks: 0, remarks: 0, inquiries: 0, draft: 0, clocks: 0 };
let since: Date | null = null;
let under: Promise<void> | null = null;
let next: Promise<void> | null = null;

/** Lets a picture in memory follow what is written, in this process or another. */
export function follow(follower: Follower): void {
  followers.push(follower);
}

/** Follows from this moment too: never from later than somebody who came before, who would miss what lies between. */
export function startFollowing(from: Date): void {
  if (!since || from < since) since = from;
}

/**
 * Reads what changed since the last time and hands it on. Called before every question to a picture in memory; whoever
 * comes while one is under way waits for the next, so that nobody misses what they just wrote. For readers a picture
 * may be so many milliseconds old.
 */
export function catchUp(mayBeOldMs = 0): Promise<void> {
  if (mayBeOldMs > 0 && since && Date.now() - since.getTime() < mayBeOldMs) return under ?? Promise.resolve();
  if (!under) {
    under = readChanges().finally(() => (under = null));
    return under;
  }
  next ??= under
    .catch(() => undefined)
    .then(() => {
      next = null;
      return catchUp();
    });
  return next;
}

async function readChanges(): Promise<void> {
  const begun = new Date();
  const last = since ?? begun;
  // Before the first await, so that whoever begins to follow meanwhile is not passed over
  since = begun;
  try {
    const from = new Date(last.getTime() - overlapMs);
    const changed = await LetterModel.find({ changedAt: { $gte: from } }, fields).lean<Letter[]>();
    for (const follower of followers) follower.take(changed);
  } catch (error) {
    startFollowing(last);
    throw error;
  }
}
