import { createHash } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import type { Doer } from './trailRecord.ts';

/** A sample of a telephone re-survey 电话回访样本, as it was drawn; its name `2026-10/k3j9x2ab` is month and seed. */
export interface ResurveySample {
  _id: string;
  month: string;
  seed: string;
  size: number;
  /** How many letters it was drawn from. */
  population: number;
  letterIds: string[];
  drawnAt: Date;
  by: Doer;
}
const sampleSchema = new Schema<ResurveySample>(
  {
    _id: String,
    month: String,
    seed: String,
    size: Number,
    population: Number,
    letterIds: [String],
    drawnAt: Date,
    by: Schema.Types.Mixed,
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
sampleSchema.index({ month: 1 });
sampleSchema.index({ letterIds: 1 });
export const ResurveySampleModel = mongoose.model('ResurveySample', sampleSchema, 'resurveySamples');

/** Gives the sample of a name or undefined. */
export const sampleNamed = async (name: string): Promise<ResurveySample | undefined> =>
  (await ResurveySampleModel.findById(name).lean<ResurveySample>()) ?? undefined;

/** The names of the samples a letter was drawn into, the newest last. */
export async function samplesWith(letterId: string): Promise<string[]> {
  const found = await ResurveySampleModel.find({ letterIds: letterId }, { drawnAt: 1 }).lean<ResurveySample[]>();
  return found.sort((one, other) => Number(one.drawnAt) - Number(other.drawnAt)).map(({ _id }) => _id);
}

/**
 * Draws: the letters in the order of SHA-256(seed, line feed, number), the first `size` of them. Whoever knows the seed
 * and the numbers can work it out again.
 */
export function drawFrom<Item extends { number: string }>(pool: readonly Item[], seed: string, size: number): Item[] {
  const keyed = pool.map((item) => ({
    item,
    key: createHash('sha256').update(`${seed}\n${item.number}`).digest('hex'),
  }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
  return keyed.slice(0, size).map(({ item }) => item);
}
