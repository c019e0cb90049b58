import { Schema } from 'mongoose';
import { banReasons, type Ban } from './ban.ts';

const options = { _id: false } as const;

/** Bans as the interview keeps them. */
export const banShape = new Schema<Ban>(
  {
    id: String,
    personIds: [String],
    asker: new Schema({ name: { type: String, default: null }, tag: String, verified: Boolean }, options),
    reason: { type: String, enum: banReasons },
    note: { type: String, default: '' },
    by: { kind: String, id: String, name: String },
    at: Date,
  },
  options,
);
