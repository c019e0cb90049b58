import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { integerSetting } from '../../platform/settings.ts';
import { handOverUploads, holdUploads, removeWaiting } from '../../platform/uploads/store.ts';
import { onCitizenGone, onGuestLinked } from '../../identity/index.ts';
import { several } from '../fields.ts';
import { seal, unseal } from '../secrets.ts';

/** How long a letter that was begun is kept. */
const draftDays = integerSetting('mailbox.draft-days', { default: 7, min: 1, max: 60, unit: 'days' });
export const daysKept = (): number => draftDays.value();

/**
 * A letter somebody has begun 来信草稿: one a person, or one a device of a visitor. Lies encrypted under their
 * identifier; nothing of it can be listed or searched, and no official can open it.
 */
interface DraftRow {
  _id: string;
  sealed: string;
  savedAt: Date;
  expiresAt: Date;
}
const schema = new Schema<DraftRow>(
  { _id: String, sealed: String, savedAt: Date, expiresAt: Date },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
export const DraftModel = mongoose.model('LetterDraft', schema, 'letterDrafts');

const text = (max: number) => z.string().max(max).catch('').default('');
/** What is kept: the fields of the three steps as they were typed, right or wrong. */
const draftSchema = z.object({
  step: z.coerce.number().int().min(1).max(3).catch(1).default(1),
  kind: text(20),
  box: text(20),
  title: text(400),
  body: text(40_000),
  wishedDepartmentId: text(40),
  formKey: text(64),
  attachments: several(z.string().max(40), 20).catch([]),
  name: text(100),
  phone: text(40),
  email: text(254),
  address: text(300),
  extent: text(10),
  way: text(10),
  mayPublish: text(5),
  /** The third step was looked at: an empty tick is a decision. */
  sent: text(2),
});
export type Draft = z.output<typeof draftSchema>;

const owner = (personId: string): string => `draft ${personId}`;
const mayKeep = (actor: Actor): boolean => actor.kind === 'guest' || actor.kind === 'citizen';

/**
 * Keeps what somebody has typed so far and gives it, with what an earlier step of the same letter asked. Nothing typed
 * is nothing kept: null.
 */
export async function saveDraft(actor: Actor, typed: Readonly<Record<string, unknown>>): Promise<Draft | null> {
  if (!mayKeep(actor)) return null;
  const earlier = (await draftOf(actor).catch(() => null))?.draft;
  const isSame = !earlier?.formKey || earlier.formKey === typed['formKey'];
  // A tick that was taken away is not sent
  const ticks = typed['sent'] === undefined || typed['sent'] === '' ? {} : { mayPublish: typed['mayPublish'] ?? '' };
  const draft = parse(draftSchema, { ...(isSame ? earlier : {}), ...typed, ...ticks });
  const texts = [draft.title, draft.body, draft.name, draft.phone, draft.email];
  if (texts.every((one) => one.trim() === '')) return null;
  await keep(actor.id, draft);
  return draft;
}

async function keep(personId: string, draft: Draft): Promise<void> {
  const savedAt = now();
  const sealed = seal(JSON.stringify(draft), owner(personId));
  const expiresAt = new Date(savedAt.getTime() + daysKept() * 86_400_000);
  await DraftModel.updateOne({ _id: personId }, { $set: { sealed, savedAt, expiresAt } }, { upsert: true });
  await holdUploads(draft.attachments, personId, expiresAt);
}

/** What a person typed last and when; null when there is nothing, or its time is over. */
export async function draftOf(actor: Actor): Promise<{ draft: Draft; savedAt: Date; expiresAt: Date } | null> {
  const row = mayKeep(actor) ? await DraftModel.findById(actor.id).lean<DraftRow>() : null;
  if (!row || row.expiresAt <= now()) return null;
  const draft = draftSchema.parse(JSON.parse(unseal(row.sealed, owner(actor.id))));
  return { draft, savedAt: row.savedAt, expiresAt: row.expiresAt };
}

/** The letter is on its way: its draft goes, unless another one was begun meanwhile. */
export async function endDraft(actor: Actor, formKey: unknown): Promise<void> {
  const kept = await draftOf(actor).catch(() => null);
  if (kept && (kept.draft.formKey === '' || kept.draft.formKey === formKey))
    await DraftModel.deleteOne({ _id: actor.id });
}

/** Clears everything somebody typed, the files they sent along included. */
export async function clearDraft(actor: Actor): Promise<void> {
  const kept = await draftOf(actor).catch(() => null);
  await DraftModel.deleteOne({ _id: actor.id });
  await removeWaiting(kept?.draft.attachments ?? [], actor.id);
}

onCitizenGone(async (citizenId) => {
  await DraftModel.deleteOne({ _id: citizenId });
});
// The letter goes on under the account, with the files that were sent along
onGuestLinked(async (guestId, citizenId) => {
  const row = await DraftModel.findById(guestId).lean<DraftRow>();
  if (!row || row.expiresAt <= now()) return;
  const draft = draftSchema.parse(JSON.parse(unseal(row.sealed, owner(guestId))));
  await handOverUploads(draft.attachments, guestId, citizenId);
  await keep(citizenId, draft);
  await DraftModel.deleteOne({ _id: guestId });
});
