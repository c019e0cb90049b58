import mongoose, { Schema } from 'mongoose';

/** One code on its way to one address. Gone a day after it was sent. */
export interface Attempt {
  _id: string;
  channel: string;
  fingerprint: string;
  sealed: string;
  codeFingerprint: string;
  tries: number;
  sentAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

const attemptSchema = new Schema<Attempt>(
  {
    _id: String,
    channel: String,
    fingerprint: String,
    sealed: String,
    codeFingerprint: String,
    tries: { type: Number, default: 0 },
    sentAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
attemptSchema.index({ fingerprint: 1, sentAt: -1 });
attemptSchema.index({ sentAt: 1 }, { expireAfterSeconds: 86_400 });
export const AttemptModel = mongoose.model('VerificationAttempt', attemptSchema, 'verificationAttempts');

/** When the next code may go to an address; one document an address, gone after an hour. */
interface Pace {
  _id: string;
  nextAt: Date;
}
const paceSchema = new Schema<Pace>(
  { _id: String, nextAt: { type: Date, required: true } },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
paceSchema.index({ nextAt: 1 }, { expireAfterSeconds: 3600 });
export const PaceModel = mongoose.model('VerificationPace', paceSchema, 'verificationPaces');
