import mongoose, { Schema } from 'mongoose';

/** Tries to sign in of one name, one network address or one account's second factor, for all processes together. */
interface SignInCount {
  /** What is counted and a keyed fingerprint: people type passwords as names, and an address is a person. */
  _id: string;
  tries: number;
  /** When counting begins anew. */
  until: Date;
}

const countSchema = new Schema<SignInCount>(
  { _id: String, tries: { type: Number, default: 0 }, until: { type: Date, required: true } },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
countSchema.index({ until: 1 }, { expireAfterSeconds: 3600 });
export const SignInCountModel = mongoose.model('SignInCount', countSchema, 'signInCounts');
