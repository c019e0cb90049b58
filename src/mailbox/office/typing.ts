import { dropUnsent, keepUnsent, othersWriting, unsentOf, type Texts, type Unsent } from '../../drafts/index.ts';
import type { Staff } from '../../kernel/actor.ts';
import type { Letter } from '../record.ts';

/** Acts whose form begins with the draft of the reply that the whole department shares. */
const onDraft: readonly string[] = ['reply', 'sign-off'];
const placeOf = ({ _id }: Letter, act: string): string => `letter ${_id} ${act}`;

/** From what the form of an act starts: the shared draft as somebody saved it, or nothing. */
export const baseOf = ({ draft }: Letter, act: string): string =>
  onDraft.includes(act) ? (draft?.at.toISOString() ?? '') : '';

/** What an official typed into a form of this letter and has not sent. */
export const typedBefore = ({ id }: Staff, letter: Letter, act: string): Promise<Unsent | null> =>
  unsentOf(id, placeOf(letter, act));

/** Colleagues who are typing into the same form, or the other one about the same draft. */
export async function colleaguesWriting({ id }: Staff, letter: Letter, act: string): Promise<string[]> {
  const acts = onDraft.includes(act) ? onDraft : [act];
  const names = await Promise.all(acts.map((one) => othersWriting(placeOf(letter, one), id)));
  return [...new Set(names.flat())];
}

const lengthMost = 40_000;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= lengthMost;
const isTyped = (value: unknown): value is string | string[] =>
  isText(value) || (Array.isArray(value) && value.length <= 100 && value.every(isText));

/** Keeps the texts of a form while they are typed; `given` is the form as the browser sends it. */
export async function keepTyped(actor: Staff, letter: Letter, act: string, given: Readonly<Record<string, unknown>>) {
  const texts: Texts = Object.fromEntries(
    Object.entries(given).filter(
      (entry): entry is [string, string | string[]] => /^[a-zA-Z]{1,30}$/.test(entry[0]) && isTyped(entry[1]),
    ),
  );
  const { base, version: _version, then: _then, ...fields } = texts;
  const savedAt = await keepUnsent(actor, placeOf(letter, act), fields, String(base ?? ''));
  return { savedAt, others: await colleaguesWriting(actor, letter, act) };
}

/** The act is done: what was typed for it stands on the letter. */
export const forgetTyped = ({ id }: Staff, letter: Letter, act: string): Promise<void> =>
  dropUnsent(id, placeOf(letter, act));

/** A draft that a colleague saved while this person wrote another one; null when there is nothing to choose between. */
export function savedMeanwhile(
  actor: Staff,
  letter: Letter,
  act: string,
  own: string | undefined,
  base: string | undefined,
) {
  const { draft } = letter;
  if (!draft || !onDraft.includes(act) || draft.by.id === actor.id) return null;
  return own?.trim() && own.trim() !== draft.text.trim() && base !== baseOf(letter, act) ? draft : null;
}
