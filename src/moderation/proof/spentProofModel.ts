import mongoose, { Schema } from 'mongoose';

/** A piece of work that was counted already; gone when it could not be used any more anyway. */
interface SpentProof {
  _id: string;
  until: Date;
}

const spentSchema = new Schema<SpentProof>(
  { _id: String, until: { type: Date, required: true } },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
spentSchema.index({ until: 1 }, { expireAfterSeconds: 60 });

export const SpentProofModel = mongoose.model('SpentProof', spentSchema, 'spentProofs');
