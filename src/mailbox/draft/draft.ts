import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { integerSetting } from '../../platform/settings.ts';
import { handOverUploads, holdUploads, removeWaiting } from '../../platform/uploads/store.ts';
import { onCitizenGone, onGuestLinked } from '../../identity/index.ts';
import { several } from '../fields.ts';
import { fingerprint, seal, unseal } from '../secrets.ts';

/** How long a letter that was begun is kept. */
const draftDays = integerSetting('mailbox.draft-days', { default: 7, min: 1, max: 60, unit: 'days' });
export const daysKept = (): number => draftDays.value();

/** So many begun letters of one person are kept; the oldest makes room. */
const draftsMost = 5;

/**
 * A letter somebody has begun 来信草稿, one a letter: two pages open at once are two letters. Lies encrypted under its
 * owner, an account or the device of a visitor; nothing of it can be searched, and no official can open it.
 */
interface DraftRow {
  _id: string;
  ownerId: string;
  sealed: string;
  savedAt: Date;
  expiresAt: Date;
}
const schema = new Schema<DraftRow>(
  { _id: String, ownerId: String, sealed: String, savedAt: Date, expiresAt: Date },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
schema.index({ ownerId: 1 });
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
  /** The third step was looked at. */
  sent: text(2),
});
export type Draft = z.output<typeof draftSchema>;

const mayKeep = (actor: Actor): boolean => actor.kind === 'guest' || actor.kind === 'citizen';

/** The name of a begun letter in an address: nothing can be read back from it, and nobody else's is the same. */
export const draftIdOf = (personId: string, formKey: string): string =>
  fingerprint('letter-draft', `${personId}\n${formKey}`).slice(0, 20);

const owner = ({ _id, ownerId }: Pick<DraftRow, '_id' | 'ownerId'>): string => `draft ${ownerId} ${_id}`;
const open = (row: DraftRow): Draft => draftSchema.parse(JSON.parse(unseal(row.sealed, owner(row))));

export interface KeptDraft {
  id: string;
  draft: Draft;
  savedAt: Date;
  expiresAt: Date;
}

/**
 * Keeps what somebody has typed so far and gives it, with what an earlier step of the same letter asked. Nothing typed
 * is nothing kept: null.
 */
export async function saveDraft(actor: Actor, typed: Readonly<Record<string, unknown>>): Promise<Draft | null> {
  const { formKey } = typed;
  if (!mayKeep(actor) || typeof formKey !== 'string' || formKey === '') return null;
  const earlier = await draftOf(actor, draftIdOf(actor.id, formKey)).catch(() => null);
  const draft = parse(draftSchema, { ...earlier?.draft, ...typed });
  const texts = [draft.title, draft.body, draft.name, draft.phone, draft.email];
  if (texts.every((one) => one.trim() === '')) return null;
  await keep(actor.id, draft);
  if (!earlier) await makeRoom(actor.id);
  return draft;
}

async function keep(ownerId: string, draft: Draft): Promise<void> {
  const savedAt = now();
  const _id = draftIdOf(ownerId, draft.formKey);
  const sealed = seal(JSON.stringify(draft), owner({ _id, ownerId }));
  const expiresAt = new Date(savedAt.getTime() + daysKept() * 86_400_000);
  await DraftModel.updateOne({ _id }, { $set: { ownerId, sealed, savedAt, expiresAt } }, { upsert: true });
  await holdUploads(draft.attachments, ownerId, expiresAt);
}

async function makeRoom(ownerId: string): Promise<void> {
  const rows = await rowsOf(ownerId);
  for (const row of rows.slice(draftsMost)) await remove(row);
}

/** Newest first. */
async function rowsOf(ownerId: string): Promise<DraftRow[]> {
  const rows = await DraftModel.find({ ownerId }).lean<DraftRow[]>();
  return rows.sort((one, other) => other.savedAt.getTime() - one.savedAt.getTime() || (one._id < other._id ? 1 : -1));
}

/** The letters a person has begun and not sent, the last one first. */
export async function draftsOf(actor: Actor): Promise<KeptDraft[]> {
  const rows = mayKeep(actor) ? await rowsOf(actor.id) : [];
  return rows.filter(({ expiresAt }) => expiresAt > now()).map(keptDraft);
}

const keptDraft = (row: DraftRow): KeptDraft => ({
  id: row._id,
  draft: open(row),
  savedAt: row.savedAt,
  expiresAt: row.expiresAt,
});

/** One of them; null when there is none of this name that is theirs, or its time is over. */
export async function draftOf(actor: Actor, id: string): Promise<KeptDraft | null> {
  const row = mayKeep(actor) ? await DraftModel.findById(id).lean<DraftRow>() : null;
  return row && row.ownerId === actor.id && row.expiresAt > now() ? keptDraft(row) : null;
}

/** The letter is on its way: its draft goes. */
export async function endDraft(actor: Actor, formKey: unknown): Promise<void> {
  await DraftModel.deleteOne({ _id: draftIdOf(actor.id, String(formKey)), ownerId: actor.id });
}

/** Clears what somebody typed for one letter, or for all of them, the files they sent along included. */
export async function clearDrafts(actor: Actor, id?: string): Promise<void> {
  const rows = mayKeep(actor) ? await rowsOf(actor.id) : [];
  for (const row of rows.filter(({ _id }) => id === undefined || _id === id)) await remove(row);
}

async function remove(row: DraftRow): Promise<void> {
  await DraftModel.deleteOne({ _id: row._id });
  await removeWaiting(open(row).attachments, row.ownerId);
}

onCitizenGone(async (citizenId) => {
  await DraftModel.deleteMany({ ownerId: citizenId });
});
// The letters go on under the account, with the files that were sent along
onGuestLinked(async (guestId, citizenId) => {
  for (const row of await rowsOf(guestId)) {
    const draft = open(row);
    await DraftModel.deleteOne({ _id: row._id });
    if (row.expiresAt <= now()) continue;
    await handOverUploads(draft.attachments, guestId, citizenId);
    await keep(citizenId, draft);
  }
});
