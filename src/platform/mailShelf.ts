import { createHash } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { now } from '../kernel/time.ts';
import type { Letter } from './mailer.ts';
import { behindKey, newestOrder, type PageKey } from './database/pageKey.ts';

/** A letter of the demo city that was "sent". */
export interface ShelvedLetter {
  _id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  at: Date;
}

const schema = new Schema<ShelvedLetter>(
  { _id: String, to: String, subject: String, text: String, html: String, headers: Schema.Types.Mixed, at: Date },
  { autoIndex: false, autoCreate: false, minimize: false, versionKey: false },
);
schema.index({ at: -1 });

export const ShelvedLetterModel = mongoose.model('ShelvedLetter', schema, 'shelvedLetters');

const idOf = (messageId: string) => createHash('sha256').update(messageId).digest('hex').slice(0, 16);

/** Puts a letter on the shelf; one that is brought a second time lies there once. */
export async function shelveLetter({ messageId, to, subject, text, html, headers = {} }: Letter): Promise<void> {
  const letter = { to, subject, text, html, headers, at: now() };
  await ShelvedLetterModel.updateOne({ _id: idOf(messageId) }, { $setOnInsert: letter }, { upsert: true });
}

/** The letters on the shelf from newest to oldest, without their texts; `before` continues a list. */
export async function shelvedLetters(
  limit: number,
  before: PageKey | null = null,
): Promise<Pick<ShelvedLetter, '_id' | 'to' | 'subject' | 'at'>[]> {
  return ShelvedLetterModel.find(behindKey('at', before), { to: 1, subject: 1, at: 1 })
    .sort(newestOrder('at'))
    .limit(limit)
    .lean();
}

/** One letter, or null. */
export async function shelvedLetter(id: string): Promise<ShelvedLetter | null> {
  return ShelvedLetterModel.findById(id).lean();
}

/** Clears away what is older; gives how many that were. */
export async function clearShelf(olderThan: Date): Promise<number> {
  return (await ShelvedLetterModel.deleteMany({ at: { $lt: olderThan } })).deletedCount;
}
