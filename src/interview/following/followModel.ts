import mongoose, { Schema } from 'mongoose';
import type { Language } from '../../kernel/language.ts';

/** One person follows one question of somebody else 关注; the unique index keeps it one. */
export interface Follow {
  _id: string;
  interviewId: string;
  questionId: string;
  personId: string;
  /** Wants a mail when it is answered; needs a proven address. */
  mail: boolean;
  language: Language;
  at: Date;
}

const followSchema = new Schema<Follow>(
  { _id: String, interviewId: String, questionId: String, personId: String, mail: Boolean, language: String, at: Date },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
followSchema.index({ questionId: 1, personId: 1 }, { unique: true });
followSchema.index({ personId: 1, interviewId: 1 });

export const FollowModel = mongoose.model('Follow', followSchema, 'follows');
