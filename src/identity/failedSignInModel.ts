import mongoose, { Schema } from 'mongoose';

/** How often somebody failed to sign in to one account in one hour; `unknown` gathers names that nobody has. */
export interface FailedSignIns {
  _id: string;
  accountId: string;
  hour: Date;
  password: number;
  code: number;
  /** When the hour was entered in the audit trail. */
  enteredAt: Date | null;
}

const failedSchema = new Schema<FailedSignIns>(
  {
    _id: String,
    accountId: { type: String, required: true },
    hour: { type: Date, required: true },
    password: { type: Number, default: 0 },
    code: { type: Number, default: 0 },
    enteredAt: { type: Date, default: null },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
failedSchema.index({ accountId: 1, hour: -1 });
failedSchema.index({ enteredAt: 1, hour: 1 });
failedSchema.index({ hour: 1 }, { expireAfterSeconds: 30 * 86_400 });
export const FailedSignInModel = mongoose.model('FailedSignIns', failedSchema, 'failedSignIns');
