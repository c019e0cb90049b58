import mongoose from 'mongoose';
import type { PageKey } from '../platform/database/pageKey.ts';
import { logger } from '../platform/logger.ts';
import type { Similar } from '../text/index.ts';
import { onLetterChanged } from './afterChange.ts';
import { catchUp, follow } from './follow.ts';
import { LetterModel } from './letterModel.ts';
import type { RowFilter } from './publicRows.ts';
import { PublicShelf, shelfFields } from './publicShelf.ts';
import { keepShelf, keptShelf } from './publicSnapshot.ts';
import type { Letter } from './record.ts';

let shelf = new PublicShelf();
let filledFrom = '';
let complete = false;
let filling: Promise<void> | null = null;

const day = 86_400_000;
/** The machines' clocks may differ, and a write may become visible later than its moment. */
const overlapMs = 10_000;
/** So old a picture is good enough for readers: a letter that was made public is found after this. */
const freshMs = 500;
/** A small shelf is filled faster than a file is worth. */
const worthKeeping = 2_000;
const keepEveryMs = 5 * 60_000;
const changesWorthKeeping = 500;

follow({
  take(letters) {
    if (filledFrom === mongoose.connection.name) for (const letter of letters) shelf.put(letter);
  },
});

const pause = () => new Promise((resolve) => setImmediate(resolve));

// What this process wrote is there at once
onLetterChanged((letter) => {
  if (filledFrom === mongoose.connection.name) shelf.put(letter);
});

/**
 * Brings the public letters into memory: from the file that was kept, caught up with what changed since, or from the
 * database in small steps, the newest first, while the program already answers.
 */
export function fillPublicIndex(): Promise<void> {
  filling ??= fill()
    .catch((error: unknown) => {
      filledFrom = ''; // whoever asks next begins again
      throw error;
    })
    .finally(() => (filling = null));
  return filling;
}

async function fill(): Promise<void> {
  const database = mongoose.connection.name;
  complete = false;
  shelf = new PublicShelf();
  filledFrom = database;
  const kept = await keptShelf();
  if (kept) {
    shelf = kept.shelf;
    await takeChanges(shelf, kept.until);
  } else await readAll(shelf);
  if (database !== mongoose.connection.name) return;
  complete = true;
  if (!kept) await keep();
  keepFromTimeToTime();
}

/** What changed since a file was written, a stretch of time at once. */
async function takeChanges(into: PublicShelf, since: Date): Promise<void> {
  const end = Date.now() + overlapMs;
  for (let from = since.getTime() - overlapMs; from < end; from += day / 4) {
    const range = { $gte: new Date(from), $lt: new Date(Math.min(end, from + day / 4)) };
    await take(into, { changedAt: range });
  }
}

async function readAll(into: PublicShelf): Promise<void> {
  const first = await LetterModel.findOne({ submittedAt: { $gte: new Date(0) } }, { _id: 1 }).lean();
  let until = Date.now() + 60_000;
  // Eight years back are more than any city searches; an empty stretch is passed in larger steps
  for (let step = day; first && until > Date.now() - 3000 * day;) {
    const count = await take(into, { publishedAt: { $gte: new Date(until - step), $lt: new Date(until) } });
    until -= step;
    step = count === 0 ? Math.min(step * 2, 60 * day) : count > 1000 ? Math.max(day / 4, step / 2) : step;
  }
}

async function take(into: PublicShelf, match: Record<string, unknown>): Promise<number> {
  const found = await LetterModel.find(match, shelfFields).lean<Letter[]>();
  for (const [number, letter] of found.entries()) {
    into.put(letter);
    if (number % 25 === 24) await pause();
  }
  return found.length;
}

let keptChanges = 0;
let keeping: NodeJS.Timeout | undefined;

/** Writes the shelf down. A file that cannot be written costs a slower start, nothing else. */
async function keep(): Promise<void> {
  if (shelf.count < worthKeeping) return;
  try {
    await catchUp();
    await keepShelf(shelf, new Date());
    keptChanges = shelf.changes;
  } catch (error) {
    logger.warn({ event: 'public-index.keep', error }, 'The index of public letters could not be written down');
  }
}

function keepFromTimeToTime(): void {
  clearInterval(keeping);
  keeping = setInterval(() => void look(), keepEveryMs).unref();
}

async function look(): Promise<void> {
  if (filling || !complete || filledFrom !== mongoose.connection.name) return;
  if (shelf.worn) await renew();
  if (shelf.changes - keptChanges >= changesWorthKeeping) await keep();
}

/** A fresh shelf beside the old one, which answers until it is whole. */
async function renew(): Promise<void> {
  const [begun, fresh] = [new Date(), new PublicShelf()];
  await readAll(fresh);
  await takeChanges(fresh, begun);
  shelf = fresh;
}

export interface PublicHits {
  hits: Similar[];
  /** False while older letters are still being taken in after a start. */
  complete: boolean;
}

/** The shelf as it is now, filled for the first one who asks, who waits a little so that a small city answers at once. */
async function presentShelf(): Promise<PublicShelf> {
  if (filledFrom !== mongoose.connection.name) {
    const begun = fillPublicIndex().catch(() => undefined);
    await Promise.race([begun, new Promise((resolve) => setTimeout(resolve, 300).unref())]);
  }
  await catchUp(freshMs);
  return shelf;
}

/** Public letters that resemble a text, best first. Letters made public a moment ago are found. */
export async function findPublic(
  text: string,
  options: { limit: number; minimum: number; singles?: boolean },
  filter: RowFilter | null = null,
): Promise<PublicHits> {
  const present = await presentShelf();
  return { hits: present.search(text, filter, options), complete };
}

/** The newest public letters, from memory; null while not all of them are there. */
export async function newestPublic(filter: RowFilter, before: PageKey | null, limit: number) {
  const present = await presentShelf();
  return complete ? present.newest(filter, before, limit) : null;
}
