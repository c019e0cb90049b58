import mongoose, { Schema } from 'mongoose';
import { isDuplicate } from './database/errors.ts';

/** How often something was done in the window that runs, for all processes together. */
interface SharedCount {
  /** What is counted and a keyed fingerprint: people type passwords as names, and an address is a person. */
  _id: string;
  taken: number;
  /** When counting begins anew. */
  until: Date;
}

const countSchema = new Schema<SharedCount>(
  { _id: String, taken: { type: Number, default: 0 }, until: { type: Date, required: true } },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
countSchema.index({ until: 1 }, { expireAfterSeconds: 3600 });
export const SharedCountModel = mongoose.model('SharedCount', countSchema, 'sharedCounts');

interface Taking {
  /** How many may be taken in one window. */
  limit: number;
  windowMs: number;
  at: Date;
  amount?: number;
}

/**
 * Takes some of what may be done, all or nothing, in one write. `left` is how long the window still runs, in
 * milliseconds. It begins with the first that is taken.
 */
export async function takeShared(
  id: string,
  { limit, windowMs, at, amount = 1 }: Taking,
): Promise<{ taken: boolean; left: number }> {
  const taken = amount <= limit && (await write(id, { limit, amount, at, until: new Date(at.getTime() + windowMs) }));
  const stored = await SharedCountModel.findById(id).lean();
  return { taken, left: Math.max(1, (stored?.until ?? at).getTime() - at.getTime()) };
}

async function write(
  id: string,
  { limit, amount, at, until }: { limit: number; amount: number; at: Date; until: Date },
): Promise<boolean> {
  // By identifier alone, with the conditions in the update: the embedded database reads all when a filter names more
  const isOver = { $lte: [{ $ifNull: ['$until', at] }, at] };
  const fits = { $lte: [{ $add: ['$taken', amount] }, limit] };
  const next = {
    taken: { $cond: [isOver, amount, { $cond: [fits, { $add: ['$taken', amount] }, '$taken'] }] },
    until: { $cond: [isOver, until, '$until'] },
  };
  const filter = { _id: id as never };
  for (;;) {
    try {
      const { modifiedCount, upsertedCount } = await SharedCountModel.collection.updateOne(filter, [{ $set: next }], {
        upsert: true,
      });
      return modifiedCount + upsertedCount > 0;
    } catch (error) {
      if (!isDuplicate(error)) throw error; // another one was first: now it is there
    }
  }
}

/** Forgets what was counted. */
export async function forgetShared(id: string): Promise<void> {
  await SharedCountModel.deleteOne({ _id: id });
}

/** Gives one back. */
export async function giveBackShared(id: string): Promise<void> {
  const less = { $max: [0, { $subtract: ['$taken', 1] }] };
  await SharedCountModel.collection.updateOne({ _id: id as never }, [{ $set: { taken: less } }]);
}
