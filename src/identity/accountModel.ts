import mongoose, { Schema, type UpdateQuery } from 'mongoose';
import { conflict, notFound } from '../kernel/errors.ts';
import type { Account, SecondFactor } from './account.ts';

const secondFactorSchema = new Schema<SecondFactor>(
  { sealed: String, setUpAt: Date, lastStep: Number, recovery: [String] },
  { _id: false },
);
const accountSchema = new Schema<Account>(
  {
    _id: String,
    userName: { type: String, required: true },
    displayName: { type: String, required: true },
    departmentId: { type: String, required: true },
    email: String,
    passwordHash: { type: String, required: true },
    grants: [{ _id: false, role: String, departmentId: String }],
    secondFactor: { type: secondFactorSchema, default: null },
    disabled: { type: Boolean, default: false },
    mustChangePassword: { type: Boolean, default: false },
    oneTimeUntil: { type: Date, default: null },
    demo: { type: Boolean, default: false },
    lastSignInAt: { type: Date, default: null },
    language: String,
    createdAt: { type: Date, required: true },
    revision: { type: Number, default: 1 },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
accountSchema.index({ userName: 1 }, { unique: true });
accountSchema.index({ departmentId: 1, userName: 1 });
accountSchema.index({ 'grants.departmentId': 1 });
export const AccountModel = mongoose.model('Account', accountSchema, 'accounts');

/** Gives the account or undefined. */
export async function findAccount(id: string): Promise<Account | undefined> {
  return (await AccountModel.findById(id).lean<Account>()) ?? undefined;
}

/** Gives the account or throws a 404. */
export async function requireAccount(id: string): Promise<Account> {
  const account = await findAccount(id);
  if (!account) throw notFound('identity.errors.no-account');
  return account;
}

/** Changes the account as it was read; throws a 409 when somebody else changed it in between. */
export async function changeAccountRow(account: Account, set: UpdateQuery<Account>): Promise<void> {
  const { matchedCount } = await AccountModel.updateOne(
    { _id: account._id, revision: account.revision },
    { $set: set, $inc: { revision: 1 } },
  );
  if (matchedCount === 0) throw conflict();
}
