import mongoose, { Schema } from 'mongoose';
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { secretFor } from '../config.ts';
import type { Language } from '../kernel/language.ts';
import { now } from '../kernel/time.ts';
import { sealWith, unsealWith } from '../platform/seal.ts';

/** A mail 邮件 on its way or gone. To whom it goes and what it says is kept only until it is sent. */
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

/** As it lies in the database: who reads that learns neither address nor words, nor about which letter it is. */
interface MailRow extends Omit<Mail, keyof Secrets | 'onceKey'> {
  sealed?: string;
  /** Of the address, keyed: what was sent to somebody can be found, but nobody by what was sent. */
  toHash: string;
  /** Keyed as well: it names a letter. */
  onceKey?: string;
}
type Secrets = Pick<Mail, 'to' | 'subject' | 'text' | 'html' | 'headers'>;

const keyFor = (purpose: string) =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secretFor('notification'), '', purpose, 32)));
const [sealKey, hashKey] = [keyFor('seal'), keyFor('hash')];
const hashed = (text: string): string => createHmac('sha256', hashKey).update(text).digest('base64url');

const schema = new Schema<MailRow>(
  {
    _id: String,
    state: String,
    template: String,
    language: String,
    sealed: String,
    toHash: String,
    topic: String,
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
schema.index({ toHash: 1 });

export const MailModel = mongoose.model('Mail', schema, 'mails');

function closed({ to, subject, text, html, headers, onceKey, ...open }: Mail): MailRow {
  const sealed = sealWith(sealKey, JSON.stringify({ to, subject, text, html, headers } satisfies Secrets), open._id);
  return { ...open, sealed, toHash: hashed(to), ...(onceKey === undefined ? {} : { onceKey: hashed(onceKey) }) };
}

/** The mail in a row that still waits; of one that is over the address and the words are gone. Old rows were open. */
export function openMail({ sealed, toHash: _hash, ...row }: MailRow): Mail {
  if (sealed === undefined) return { to: '', ...row };
  return { ...row, ...(JSON.parse(unsealWith(sealKey, sealed, row._id)) as Secrets) };
}

/** Stores a mail to be sent; false when one with this once-only key is there already. */
export async function storeMail(mail: Mail): Promise<boolean> {
  try {
    await MailModel.collection.insertOne(closed(mail) as never);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 11000) return false;
    throw error;
  }
}

/** A mail that still waits to be sent, or null. */
export async function queuedMail(mailId: string): Promise<Mail | null> {
  const row = await MailModel.findOne({ _id: mailId, state: 'queued' }).lean<MailRow>();
  return row && openMail(row);
}

/** Mails of before lie open: their fields go as well. */
const words = { sealed: 1, to: 1, subject: 1, text: 1, html: 1, headers: 1 } as const;

/** The mail is over: sent, or given up with the reason. Its address and words go. */
export async function endMail(mailId: string, state: 'sent' | 'failed', failure?: string): Promise<void> {
  await MailModel.updateOne(
    { _id: mailId, state: 'queued' },
    {
      $set: { state, endedAt: now(), ...(failure === undefined ? {} : { failure }) },
      $inc: { attempts: 1 },
      $unset: words,
    },
    { strict: false },
  );
}

/** One try failed; another follows. */
export async function countAttempt(mailId: string, failure: string): Promise<void> {
  await MailModel.updateOne({ _id: mailId, state: 'queued' }, { $set: { failure }, $inc: { attempts: 1 } });
}

/** Forgets what was sent to an address; what is still on its way arrives. */
export async function forgetMailsTo(to: string): Promise<void> {
  await MailModel.collection.deleteMany({ $or: [{ toHash: hashed(to) }, { to }], state: { $ne: 'queued' } });
}
