import mongoose, { Schema } from 'mongoose';
import type { Actor } from '../kernel/actor.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { cityDue, running } from './clocks.ts';
import { doerOf } from './doer.ts';
import { isOpen } from './letter.ts';
import { afterChange } from './afterChange.ts';
import type { Notice } from './notice.ts';
import type { Letter } from './record.ts';
import type { TrailEntry } from './trailRecord.ts';
import { isPossible, transitionOf, type transitions } from './transitions.ts';

const Mixed = Schema.Types.Mixed;
/** Letters are read lean and written whole fields at a time; the shape is `Letter`, checked by the compiler. */
const letterSchema = new Schema<Letter>(
  { _id: String, number: String },
  { autoIndex: false, autoCreate: false, versionKey: false, strict: false, minimize: false },
);
letterSchema.add({ trail: [Mixed], outbox: [Mixed] });
// The embedded database reads the whole collection where an index is partial, and where a filter names any field that
// the chosen index does not have; so every query of this feature names the fields of one index and nothing else.
letterSchema.index({ _id: 1, version: 1 });
letterSchema.index({ number: 1 }, { unique: true });
letterSchema.index({ formKeyHash: 1 }, { unique: true, name: 'form_key' });
letterSchema.index({ changedAt: 1 });
letterSchema.index({ open: 1, dueAt: 1 });
letterSchema.index({ submittedAt: 1 });
letterSchema.index({ 'lead.departmentId': 1, submittedAt: 1 });
letterSchema.index({ publishedAt: 1 });
letterSchema.index({ 'facts.departmentId': 1, publishedAt: 1 });
letterSchema.index({ 'facts.answerDueAt': 1 });
letterSchema.index({ repliedAt: 1 });
letterSchema.index({ state: 1, closeAt: 1 });
letterSchema.index({ state: 1, ratingReminderAt: 1 });
letterSchema.index({ outboxAt: 1 }, { name: 'outbox_due' });
letterSchema.index({ marks: 1 });
letterSchema.index({ writerId: 1, submittedAt: 1 });
letterSchema.index({ topicId: 1, publishedAt: 1 });
letterSchema.index({ duplicateOf: 1 }, { name: 'duplicate_of' });
export const LetterModel = mongoose.model('Letter', letterSchema, 'letters');

/** Gives the letter or undefined. */
export async function letterById(id: string): Promise<Letter | undefined> {
  return (await LetterModel.findById(id).lean<Letter>()) ?? undefined;
}
/** Gives the letter of a number or undefined. */
export async function letterByNumber(number: string): Promise<Letter | undefined> {
  return (await LetterModel.findOne({ number }).lean<Letter>()) ?? undefined;
}
/** Gives the letter or throws the 404 that also hides letters of others. */
export async function requireLetter(id: string): Promise<Letter> {
  const letter = await letterById(id);
  if (!letter) throw notFound('mailbox.errors.no-letter');
  return letter;
}

/** What a change writes beside the state. Whole fields, computed from the letter that was read. */
export interface LetterChange {
  set?: Partial<Letter>;
  note?: string;
  data?: TrailEntry['data'];
  tell?: readonly Notice[];
  /** Only when the target differs from the table: a reply that needs no release. */
  to?: Letter['state'];
}

/** The deadline by which statistics count a letter follows its clock until the first reply; while it is stopped none. */
function withAnswerDue({ facts, round, clocks }: Letter): Letter['facts'] {
  if (facts.repliedAt || round > 1) return facts;
  const answerDueAt = running(clocks, 'answer')?.deadline.dueAt ?? null;
  return answerDueAt?.getTime() === facts.answerDueAt?.getTime() ? facts : { ...facts, answerDueAt };
}

/**
 * Moves a letter: one write that only happens while the letter is as it was read, with its trail entry and what has
 * to be sent. Gives the letter as it is now. Throws a 409 when the state does not allow it or somebody was faster.
 */
export async function moveLetter(
  actor: Actor,
  letter: Letter,
  verb: keyof typeof transitions,
  change: LetterChange = {},
): Promise<Letter> {
  if (!isPossible(verb, letter.state)) throw conflict('mailbox.errors.not-in-this-state');
  const at = now();
  const state = change.to ?? transitionOf(verb).to ?? letter.state;
  const changed: Letter = { ...letter, ...change.set, state, open: isOpen(state), version: letter.version + 1 };
  const tell = change.tell ?? [];
  const first = tell.map((notice) => notice.at.getTime());
  const outboxAt = first.length
    ? new Date(Math.min(...first, letter.outboxAt?.getTime() ?? Infinity))
    : letter.outboxAt;
  const entry: TrailEntry = { id: newId(), verb, at, by: doerOf(actor), from: letter.state, to: state };
  if (change.note) entry.note = change.note;
  if (change.data) entry.data = change.data;
  const facts = withAnswerDue(changed);
  const derived = {
    ...(facts === letter.facts ? {} : { facts }),
    state,
    open: changed.open,
    dueAt: isOpen(state) ? cityDue(changed.clocks) : null,
    version: changed.version,
    changedAt: new Date(),
    ...(tell.length ? { outboxAt } : {}),
  };
  const { matchedCount } = await LetterModel.collection.updateOne(
    // The version stands for the state too: nobody wrote since both were read
    { _id: letter._id as never, version: letter.version },
    { $set: { ...change.set, ...derived }, $push: { trail: entry, outbox: { $each: [...tell] } } as never },
  );
  if (matchedCount === 0) throw conflict('mailbox.errors.somebody-was-faster');
  const after = { ...changed, ...derived, trail: [...letter.trail, entry], outbox: [...letter.outbox, ...tell] };
  await afterChange(after, tell.length > 0);
  return after;
}
