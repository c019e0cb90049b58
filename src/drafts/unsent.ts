import type { Staff } from '../kernel/actor.ts';
import { createSecretKey, hkdfSync } from 'node:crypto';
import { secretFor } from '../config.ts';
import { now } from '../kernel/time.ts';
import { sealWith, unsealWith } from '../platform/seal.ts';
import { integerSetting } from '../platform/settings.ts';
import { UnsentModel, type UnsentRow } from './unsentModel.ts';

/** How long words that were never sent are kept for their writer. */
const daysKept = integerSetting('drafts.days', { default: 30, min: 1, max: 365, unit: 'days' });
/** So many earlier texts of one form are kept beside the present one. */
const earlierMost = 5;
/** Somebody who typed within this time is writing. */
const writingMs = 120_000;

/** What stands in a form by the names of its fields; several values where several may be chosen. */
export type Texts = Readonly<Record<string, string | readonly string[]>>;

export interface Unsent {
  texts: Texts;
  /** Texts that were begun from what the form showed before somebody changed it, newest first. */
  earlier: readonly Texts[];
  base: string;
  typedAt: Date;
}

const key = createSecretKey(Buffer.from(hkdfSync('sha256', secretFor('drafts'), '', 'seal', 32)));
const idOf = (place: string, personId: string): string => `${place} ${personId}`;
const isBlank = (texts: Texts): boolean =>
  Object.values(texts).every((text) => text.length === 0 || (typeof text === 'string' && text.trim() === ''));

function open(row: UnsentRow): Unsent {
  const { texts, earlier } = JSON.parse(unsealWith(key, row.sealed, row._id)) as Pick<Unsent, 'texts' | 'earlier'>;
  return { texts, earlier, base: row.base, typedAt: row.typedAt };
}

/** What this person typed into a form and did not send; null when there is nothing. */
export async function unsentOf(personId: string, place: string): Promise<Unsent | null> {
  const row = await UnsentModel.findById(idOf(place, personId)).lean<UnsentRow>();
  return row ? open(row) : null;
}

/**
 * Keeps what somebody is typing; blank texts are kept no longer. Words begun from another text than now (`base`) are
 * set aside, not overwritten. The caller has looked whether the person may be here.
 */
export async function keepUnsent(person: Staff, place: string, texts: Texts, base: string): Promise<Date | null> {
  const _id = idOf(place, person.id);
  const before = await unsentOf(person.id, place);
  if (isBlank(texts) && !before?.earlier.length) {
    await dropUnsent(person.id, place);
    return null;
  }
  const aside = before && before.base !== base && !isBlank(before.texts) ? [before.texts] : [];
  const earlier = [...aside, ...(before?.earlier ?? [])].slice(0, earlierMost);
  const typedAt = now();
  const sealed = sealWith(key, JSON.stringify({ texts, earlier }), _id);
  const expiresAt = new Date(typedAt.getTime() + daysKept.value() * 86_400_000);
  const row = { place, personId: person.id, name: person.name, sealed, base, typedAt, expiresAt };
  await UnsentModel.updateOne({ _id }, { $set: row }, { upsert: true });
  return typedAt;
}

/** The words were sent: they stand where they belong now. */
export async function dropUnsent(personId: string, place: string): Promise<void> {
  await UnsentModel.deleteOne({ _id: idOf(place, personId) });
}

/** Who else is typing into the form right now, by name; never what. */
export async function othersWriting(place: string, personId: string): Promise<string[]> {
  const rows = await UnsentModel.find({ place }, { personId: 1, name: 1, typedAt: 1 })
    .sort({ _id: 1 })
    .lean<UnsentRow[]>();
  const since = now().getTime() - writingMs;
  return rows.filter((row) => row.personId !== personId && row.typedAt.getTime() > since).map(({ name }) => name);
}
