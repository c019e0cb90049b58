import { MongoBulkWriteError } from 'mongodb';
import mongoose, { Schema } from 'mongoose';
import type { Actor } from '../kernel/actor.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { groupWrites } from '../live/index.ts';
import { cityDue, running } from './clocks.ts';
import { doerOf } from './doer.ts';
import { isOpen } from './letter.ts';
import { afterChange } from './afterChange.ts';
import { leftBehind } from './leaving.ts';
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
letterSchema.index({ laterDueAt: 1 }, { sparse: true });
letterSchema.index({ submittedAt: 1 });
letterSchema.index({ 'lead.departmentId': 1, submittedAt: 1 });
letterSchema.index({ publishedAt: 1 });
letterSchema.index({ 'facts.answerDueAt': 1 });
letterSchema.index({ repliedAt: 1 });
letterSchema.index({ state: 1, closeAt: 1 });
letterSchema.index({ state: 1, ratingReminderAt: 1 });
letterSchema.index({ outboxAt: 1 }, { name: 'outbox_due' });
letterSchema.index({ marks: 1 });
letterSchema.index({ writerId: 1, submittedAt: 1 });
letterSchema.index({ topicId: 1, publishedAt: 1 });
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

interface Move {
  letterId: string;
  /** As it was read; stands for the state too: nobody wrote since. */
  version: number;
  /** Of the entry in the trail, by which the move is known afterwards. */
  entryId: string;
  update: Record<string, unknown>;
}

/** Writes a move, together with those of others at the same time. Throws a 409 when somebody was faster. */
const writeMove = groupWrites<Move, null>(
  async (moves) => {
    const writes = moves.map(({ letterId, version, update }) => ({
      updateOne: { filter: { _id: letterId as never, version }, update },
    }));
    const { matchedCount, faults } = await LetterModel.collection.bulkWrite(writes, { ordered: false }).then(
      (result) => ({ matchedCount: result.matchedCount, faults: new Map<number, Error>() }),
      (error: unknown) => ({ matchedCount: -1, faults: faultsOf(error) }),
    );
    if (matchedCount === moves.length) return moves.map(() => null);
    const done = matchedCount === 0 ? new Set() : await entriesOf(moves.map(({ letterId }) => letterId));
    return moves.map(({ entryId }, index) =>
      done.has(entryId) ? null : (faults.get(index) ?? conflict('mailbox.errors.somebody-was-faster')),
    );
  },
  { waitMs: 1, largest: 200 },
);

/** What was wrong with single writes of a group; a failure of the whole is thrown. */
function faultsOf(error: unknown): Map<number, Error> {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  return new Map([error.writeErrors].flat().map((one) => [one.index, new Error(one.errmsg ?? 'write refused')]));
}

async function entriesOf(letterIds: readonly string[]): Promise<Set<string>> {
  const found = await LetterModel.find({ _id: { $in: [...letterIds] } }, { 'trail.id': 1 }).lean<Letter[]>();
  // One that is damaged must not fail the others of its group
  return new Set(found.flatMap(({ trail }) => (Array.isArray(trail) ? trail.map(({ id }) => id) : [])));
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
  const set = { ...change.set, ...leftBehind({ ...letter, ...change.set }, state, at) };
  const changed: Letter = { ...letter, ...set, state, open: isOpen(state), version: letter.version + 1 };
  const tell = change.tell ?? [];
  const first = tell.map((notice) => notice.at.getTime());
  const outboxAt = first.length
    ? new Date(Math.min(...first, letter.outboxAt?.getTime() ?? Infinity))
    : letter.outboxAt;
  const entry: TrailEntry = { id: newId(), verb, at, by: doerOf(actor), from: letter.state, to: state };
  if (change.note) entry.note = change.note;
  if (change.data) entry.data = change.data;
  const facts = withAnswerDue(changed);
  const dueAt = isOpen(state) ? cityDue(changed.clocks) : null;
  const derived = {
    ...(facts === letter.facts ? {} : { facts }),
    state,
    open: changed.open,
    dueAt,
    // What was found out about a deadline goes with it
    ...(letter.laterDueAt && dueAt?.getTime() !== letter.dueAt?.getTime() ? { laterDueAt: null } : {}),
    version: changed.version,
    changedAt: new Date(),
    ...(tell.length ? { outboxAt } : {}),
  };
  await writeMove({
    letterId: letter._id,
    version: letter.version,
    entryId: entry.id,
    update: { $set: { ...set, ...derived }, $push: { trail: entry, outbox: { $each: [...tell] } } },
  });
  const after = { ...changed, ...derived, trail: [...letter.trail, entry], outbox: [...letter.outbox, ...tell] };
  afterChange(after, tell.length > 0);
  return after;
}
