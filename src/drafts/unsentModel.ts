import mongoose, { Schema } from 'mongoose';

/** Texts an official is typing into one form 未提交的文字, one row a form and person, encrypted. */
export interface UnsentRow {
  _id: string;
  /** Of which form: `letter <id> <act>`. */
  place: string;
  personId: string;
  name: string;
  sealed: string;
  /** What the form was filled with when this was begun; another value now means that somebody changed it. */
  base: string;
  typedAt: Date;
  expiresAt: Date;
}
const schema = new Schema<UnsentRow>(
  {
    _id: String,
    place: String,
    personId: String,
    name: String,
    sealed: String,
    base: String,
    typedAt: Date,
    expiresAt: Date,
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ place: 1 });
export const UnsentModel = mongoose.model('UnsentText', schema, 'unsentTexts');
