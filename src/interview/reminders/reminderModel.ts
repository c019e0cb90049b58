import mongoose, { Schema } from 'mongoose';
import type { Language } from '../../kernel/language.ts';

/** Somebody wants a mail before an interview begins 访谈提醒. The address is kept for that alone, until it is over. */
export interface Reminder {
  _id: string;
  interviewId: string;
  address: string;
  language: Language;
  /** Stands in the link of the first mail: only who reads that address can confirm. */
  token: string;
  at: Date;
  confirmedAt: Date | null;
  /** The start for which the reminder went out: a postponed interview is reminded of anew. */
  remindedFor: Date | null;
}

const reminderSchema = new Schema<Reminder>(
  {
    _id: String,
    interviewId: { type: String, required: true },
    address: { type: String, required: true },
    language: String,
    token: String,
    at: Date,
    confirmedAt: { type: Date, default: null },
    remindedFor: { type: Date, default: null },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
reminderSchema.index({ interviewId: 1, address: 1 }, { unique: true });

export const ReminderModel = mongoose.model('InterviewReminder', reminderSchema, 'interviewReminders');

/** The topic of these mails, by which a reader can say no to them. */
export const reminderTopic = 'interview-reminder';
