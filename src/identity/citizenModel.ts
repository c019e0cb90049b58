import mongoose, { Schema } from 'mongoose';
import type { Language } from '../kernel/language.ts';

/** A verified citizen 已验证公众. The address cannot be read from here without the installation's secret. */
export interface CitizenRow {
  _id: string;
  nickname: string;
  language: Language;
  addresses: { channel: string; fingerprint: string; sealed: string; verifiedAt: Date }[];
  createdAt: Date;
  lastSignInAt: Date;
}

const citizenSchema = new Schema<CitizenRow>(
  {
    _id: String,
    nickname: { type: String, required: true },
    language: { type: String, required: true },
    addresses: [{ _id: false, channel: String, fingerprint: String, sealed: String, verifiedAt: Date }],
    createdAt: { type: Date, required: true },
    lastSignInAt: { type: Date, required: true },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
citizenSchema.index({ 'addresses.fingerprint': 1 }, { unique: true });
export const CitizenModel = mongoose.model('Citizen', citizenSchema, 'citizens');
