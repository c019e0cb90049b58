import mongoose, { Schema } from 'mongoose';
import { isDuplicate } from '../platform/database/errors.ts';
import { cityDay } from '../kernel/calendar.ts';

interface Counter {
  _id: string;
  value: number;
}
const counterSchema = new Schema<Counter>(
  { _id: String, value: Number },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
export const CounterModel = mongoose.model('LetterCounter', counterSchema, 'letterCounters');

const block = 20;
const held = new Map<string, { next: number; last: number }>();
let turn: Promise<unknown> = Promise.resolve();

/**
 * Gives the next letter number of the year, `2026-000123`. Numbers are unique in the city; a process takes them in
 * blocks of twenty, so a restart leaves a gap.
 */
export function nextNumber(at: Date): Promise<string> {
  const taken = turn.then(() => take(cityDay(at).slice(0, 4)));
  turn = taken.catch(() => undefined);
  return taken;
}

async function take(year: string): Promise<string> {
  // A test, or another database, must not get numbers of the one before
  const key = `${mongoose.connection.name} ${year}`;
  let range = held.get(key);
  if (!range || range.next > range.last) held.set(key, (range = await reserve(`letter-${year}`)));
  const value = range.next;
  range.next += 1;
  return `${year}-${String(value).padStart(6, '0')}`;
}

/** Moves the counter by a block only if nobody else did since it was read. */
async function reserve(id: string): Promise<{ next: number; last: number }> {
  for (;;) {
    const counter = await CounterModel.findById(id).lean<Counter>();
    if (!counter) {
      await CounterModel.collection.insertOne({ _id: id, value: 0 } as never).catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
      });
      continue;
    }
    const { value } = counter;
    const moved = await CounterModel.updateOne({ _id: id, value }, { $set: { value: value + block } });
    if (moved.matchedCount === 1) return { next: value + 1, last: value + block };
  }
}
