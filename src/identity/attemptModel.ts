import mongoose, { Schema } from 'mongoose';
import { fingerprint } from './keys.ts';
import type { Requester } from './requester.ts';

/** One code on its way to one address. Gone a day after it was sent. */
export interface Attempt {
  _id: string;
  channel: string;
  fingerprint: string;
  sealed: string;
  codeFingerprint: string;
  tries: number;
  /** Fingerprints of the browser that asked, and of whom its codes are counted for. */
  device: string;
  askedBy: string;
  /** The browser proved this address before. */
  known: boolean;
  sentAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

/** The browser a code was asked for in, as it is kept: the page that takes the code shows the address to it alone. */
export const deviceOfAttempt = (attemptId: string, { device }: Pick<Requester, 'device'>): string =>
  fingerprint('attempt-device', `${attemptId}:${device}`);

const attemptSchema = new Schema<Attempt>(
  {
    _id: String,
    channel: String,
    fingerprint: String,
    sealed: String,
    codeFingerprint: String,
    tries: { type: Number, default: 0 },
    device: String,
    askedBy: String,
    known: Boolean,
    sentAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
attemptSchema.index({ fingerprint: 1, sentAt: -1 });
attemptSchema.index({ sentAt: 1 }, { expireAfterSeconds: 86_400 });
export const AttemptModel = mongoose.model('VerificationAttempt', attemptSchema, 'verificationAttempts');

/** When the next code may go to an address for one who asks; gone after an hour. */
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
