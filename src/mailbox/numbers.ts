import { AsyncLocalStorage } from 'node:async_hooks';
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

/**
 * Gives the next letter numbers, `2026-000123`, for letters that came in at these moments, in their order. Numbers are
 * unique in the city and follow one another without gaps; only a crash in the very moment of writing leaves one.
 */
export async function nextNumbers(moments: readonly Date[]): Promise<string[]> {
  const years = moments.map((at) => cityDay(at).slice(0, 4));
  const next = new Map<string, number>();
  for (const year of new Set(years)) {
    const wanted = years.filter((one) => one === year).length;
    next.set(year, await reserve(`letter-${year}`, wanted));
  }
  return years.map((year) => {
    const value = next.get(year) ?? 0;
    next.set(year, value + 1);
    return `${year}-${String(value).padStart(6, '0')}`;
  });
}

const kept = new AsyncLocalStorage<string>();

/** Runs what brings in one letter; it gets this number, which was taken for it before. */
export const withNumber = <Result>(number: string, run: () => Promise<Result>): Promise<Result> =>
  kept.run(number, run);
/** The number that was taken before for the letter that is coming in, if any. */
export const keptNumber = (): string | undefined => kept.getStore();

/** Where the counters stood when this process last looked, by database and counter. */
const seen = new Map<string, number>();

/** Moves the counter on, only if nobody else did since it was looked at; gives the first number of ours. */
async function reserve(id: string, count: number): Promise<number> {
  const key = `${mongoose.connection.name} ${id}`;
  for (;;) {
    const value = seen.get(key) ?? (await present(id));
    const moved = await CounterModel.collection.updateOne(
      { _id: id as never, value },
      { $set: { value: value + count } },
    );
    if (moved.matchedCount === 1) {
      seen.set(key, value + count);
      return value + 1;
    }
    seen.delete(key);
  }
}

async function present(id: string): Promise<number> {
  const counter = await CounterModel.findById(id).lean<Counter>();
  if (counter) return counter.value;
  await CounterModel.collection.insertOne({ _id: id, value: 0 } as never).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
  return 0;
}
