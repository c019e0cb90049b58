import mongoose, { Schema } from 'mongoose';
import { now } from '../kernel/time.ts';
import { logger } from '../platform/logger.ts';
import { errorKind } from '../platform/queue/turn.ts';

/** What could not be done to a letter. */
export const troubleSteps = ['sweep', 'deliver'] as const;
export type TroubleStep = (typeof troubleSteps)[number];

/** A letter with which timed work fails 卡住的信件: tried again, and shown to administrators until it goes. */
export interface Trouble {
  _id: string;
  letterId: string;
  step: TroubleStep;
  /** Name and code of the error; its message may carry personal data. */
  kind: string;
  tries: number;
  since: Date;
  lastAt: Date;
}

const schema = new Schema<Trouble>(
  { _id: String, letterId: String, step: String, kind: String, tries: Number, since: Date, lastAt: Date },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
schema.index({ step: 1, lastAt: 1 });
export const TroubleModel = mongoose.model('LetterTrouble', schema, 'letterTroubles');

/** Writes down that a step failed with a letter; gives how often it has failed by now. */
export async function noteTrouble(letterId: string, step: TroubleStep, error: unknown): Promise<number> {
  const [_id, at] = [`${step} ${letterId}`, now()];
  logger.error({ event: 'letter.trouble', letterId, step, error }, 'Timed work failed with a letter');
  await TroubleModel.updateOne(
    { _id },
    {
      $set: { letterId, step, kind: errorKind(error), lastAt: at },
      $inc: { tries: 1 },
      $setOnInsert: { since: at },
    },
    { upsert: true },
  );
  return (await TroubleModel.findById(_id, { tries: 1 }).lean())?.tries ?? 1;
}

/** What did not fail any more since a moment is no trouble. */
export async function forgetTroubles(step: TroubleStep, before: Date): Promise<void> {
  await TroubleModel.deleteMany({ step, lastAt: { $lt: before } });
}
