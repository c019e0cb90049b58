import mongoose, { Schema } from 'mongoose';
import type { Language } from '../kernel/language.ts';
import { now } from '../kernel/time.ts';

/** A mail 邮件 on its way or gone. What it said is kept only until it is sent. */
export interface Mail {
  _id: string;
  state: 'queued' | 'sent' | 'failed';
  template: string;
  language: Language;
  to: string;
  /** What it is about, when the reader may say no to such mails. */
  topic?: string;
  subject?: string;
  text?: string;
  html?: string;
  headers?: Record<string, string>;
  /** Not worth sending after this. */
  until?: Date;
  onceKey?: string;
  attempts: number;
  /** Why not, in program words. */
  failure?: string;
  createdAt: Date;
  endedAt?: Date;
}

const schema = new Schema<Mail>(
  {
    _id: String,
    state: String,
    template: String,
    language: String,
    to: String,
    topic: String,
    subject: String,
    text: String,
    html: String,
    headers: Schema.Types.Mixed,
    until: Date,
    onceKey: String,
    attempts: Number,
    failure: String,
    createdAt: Date,
    endedAt: Date,
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
schema.index({ onceKey: 1 }, { unique: true, sparse: true });
schema.index({ state: 1, createdAt: 1 });
schema.index({ createdAt: 1 });

export const MailModel = mongoose.model('Mail', schema, 'mails');

/** Stores a mail to be sent; false when one with this once-only key is there already. */
export async function storeMail(mail: Mail): Promise<boolean> {
  try {
    await MailModel.collection.insertOne(mail as never);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 11000) return false;
    throw error;
  }
}

/** A mail that still waits to be sent, or null. */
export async function queuedMail(mailId: string): Promise<Mail | null> {
  return MailModel.findOne({ _id: mailId, state: 'queued' }).lean();
}

const words = { subject: 1, text: 1, html: 1, headers: 1 } as const;

/** The mail is over: sent, or given up with the reason. Its words go. */
export async function endMail(mailId: string, state: 'sent' | 'failed', failure?: string): Promise<void> {
  await MailModel.updateOne(
    { _id: mailId, state: 'queued' },
    {
      $set: { state, endedAt: now(), ...(failure === undefined ? {} : { failure }) },
      $inc: { attempts: 1 },
      $unset: words,
    },
  );
}

/** One try failed; another follows. */
export async function countAttempt(mailId: string, failure: string): Promise<void> {
  await MailModel.updateOne({ _id: mailId, state: 'queued' }, { $set: { failure }, $inc: { attempts: 1 } });
}

/** Forgets what was sent to an address; what is still on its way arrives. */
export async function forgetMailsTo(to: string): Promise<void> {
  await MailModel.deleteMany({ to, state: { $ne: 'queued' } });
}
