import { createHmac, timingSafeEqual } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { secretFor } from '../config.ts';
import { now } from '../kernel/time.ts';

/** A no to mails of one topic 退订. Holds no address, only its keyed fingerprint. */
interface Suppression {
  _id: string;
  at: Date;
}

const schema = new Schema<Suppression>(
  { _id: String, at: Date },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
export const SuppressionModel = mongoose.model('MailSuppression', schema, 'mailSuppressions');

const keyed = (purpose: string, text: string) =>
  createHmac('sha256', secretFor(purpose)).update(text).digest('base64url');

const fingerprint = (address: string) => keyed('mail-address', address.trim().toLowerCase()).slice(0, 24);
const signature = (named: string) => keyed('mail-unsubscribe', named).slice(0, 24);
const idOf = (topic: string, print: string) => `${topic}.${print}`;

/** What stands in the link of a mail: topic and fingerprint, signed. It names nobody and works without signing in. */
export function unsubscribeToken(address: string, topic: string): string {
  const named = idOf(topic, fingerprint(address));
  return `${named}.${signature(named)}`;
}

/** Takes a token from a link; gives the topic and the row that says no, or null when it was not made by us. */
export function readUnsubscribeToken(token: string): { topic: string; suppressionId: string } | null {
  const [topic, print, sign] = token.split('.');
  if (!topic || !print || !sign) return null;
  const suppressionId = idOf(topic, print);
  const expected = Buffer.from(signature(suppressionId));
  const given = Buffer.from(sign);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return { topic, suppressionId };
}

/** Says no, or yes again, by what a token named. */
export async function setSuppressed(suppressionId: string, suppressed: boolean): Promise<void> {
  if (suppressed) {
    await SuppressionModel.updateOne({ _id: suppressionId }, { $setOnInsert: { at: now() } }, { upsert: true });
  } else if (await SuppressionModel.exists({ _id: suppressionId })) {
    // the embedded database fails to delete from a collection that nothing was ever written to
    await SuppressionModel.deleteOne({ _id: suppressionId });
  }
}

/** The reader's own switch, e.g. on an account page: whether mails of a topic may be sent to this address. */
export async function setMailWanted(address: string, topic: string, wanted: boolean): Promise<void> {
  await setSuppressed(idOf(topic, fingerprint(address)), !wanted);
}

/** False when the reader said no to this topic. */
export async function isMailWanted(address: string, topic: string): Promise<boolean> {
  return (await SuppressionModel.exists({ _id: idOf(topic, fingerprint(address)) })) === null;
}
