import mongoose, { Schema } from 'mongoose';
import { conflict, notFound } from '../kernel/errors.ts';
import { isId } from '../kernel/id.ts';
import { doerShape, trailShape, type Doer, type TrailEntry } from './interviewModel.ts';
import { questionStates, type QuestionState, type RejectionReason } from './question.ts';
import {
  cosignerShape,
  pendingShape,
  stepShape,
  type AnswerStep,
  type Cosigner,
  type Pending,
} from './review/pending.ts';

/** An answer 答复 of one guest: the draft beside what everyone sees. */
export interface Answer {
  id: string;
  guestId: string;
  guestName: string;
  guestTitle: string;
  draft: string;
  draftBy: Doer;
  draftAt: Date;
  /** Counts the saves: the later of two is told. */
  version: number;
  text: string | null;
  publishedAt: Date | null;
  /** Wordings that were published before a correction, oldest first. */
  earlier: { text: string; at: Date }[];
  /** Guests who sign the published words as well. */
  cosigners?: Cosigner[];
  /** Words that were handed in and are not out yet. */
  pending?: Pending | null;
  /** How it came through review and agreement. */
  steps?: AnswerStep[];
}

/** What a decision changed, so that it can be taken back exactly. */
export interface Before {
  state: QuestionState;
  claim: { id: string; name: string; at: Date } | null;
  text: string;
  original: string | null;
}

/** A screener's last decision 处理. */
export interface Decision {
  act: 'publish' | 'reject' | 'merge';
  by: string;
  at: Date;
  /** Decisions made in one go carry the same one. */
  group?: string;
  before: Before;
}

/** Whom a question was passed to 转交: a guest of the interview, or a department. */
export interface Passed {
  guestId: string | null;
  departmentId: string | null;
  name: string;
  /** Guests who answer together with that guest 联合答复. */
  jointly?: Cosigner[];
  by: string;
  at: Date;
}

export interface Question {
  _id: string;
  interviewId: string;
  askerId: string;
  askerKind: 'guest' | 'citizen' | 'system';
  askerName: string | null;
  /** Number of this question among the asker's own in this interview, from 1: keeps the limit exact. */
  askerOrder: number;
  /** Made with the form, so that sending it twice asks once. */
  formKey: string;
  text: string;
  /** What the asker wrote, when a screener changed it. */
  original: string | null;
  state: QuestionState;
  /** The screener who looks at it now. */
  claim: { id: string; name: string; at: Date } | null;
  rejection: { reason: RejectionReason; text: string | null } | null;
  answers: Answer[];
  /** People who support it or a question merged into it, each counted once. */
  supports: number;
  /** Its supports are counted anew after every mark; true for good once a question was merged into it or out of it. */
  recounted: boolean;
  /** Counts the writes of a recounted number: a count that was made before another one was written is made again. */
  countVersion: number;
  /** The question it was merged into. */
  mergedInto: string | null;
  /** Somebody follows it: its changes are told to them. */
  followed?: boolean;
  /** How many questions were merged into this one. */
  alike: number;
  decided: Decision | null;
  passed: Passed | null;
  askedAt: Date;
  publishedAt: Date | null;
  answeredAt: Date | null;
  revision: number;
  /** Counts what screeners did: the later of two is told. */
  version: number;
  trail: TrailEntry[];
}

const options = { _id: false } as const;
const answerShape = new Schema<Answer>(
  {
    id: String,
    guestId: String,
    guestName: String,
    guestTitle: String,
    draft: String,
    draftBy: doerShape,
    draftAt: Date,
    version: Number,
    text: { type: String, default: null },
    publishedAt: { type: Date, default: null },
    earlier: [new Schema({ text: String, at: Date }, options)],
    cosigners: [cosignerShape],
    pending: { type: pendingShape, default: null },
    steps: [stepShape],
  },
  options,
);

const claimShape = new Schema({ id: String, name: String, at: Date }, options);
const beforeShape = new Schema<Before>(
  {
    state: String,
    claim: { type: claimShape, default: null },
    text: String,
    original: { type: String, default: null },
  },
  options,
);
const decisionShape = new Schema<Decision>(
  { act: String, by: String, at: Date, group: String, before: beforeShape },
  options,
);

const questionSchema = new Schema<Question>(
  {
    _id: String,
    interviewId: { type: String, required: true },
    askerId: { type: String, required: true },
    askerKind: String,
    askerName: { type: String, default: null },
    askerOrder: Number,
    formKey: String,
    text: { type: String, required: true },
    original: { type: String, default: null },
    state: { type: String, enum: questionStates, required: true },
    claim: { type: claimShape, default: null },
    rejection: { type: new Schema({ reason: String, text: String }, options), default: null },
    answers: [answerShape],
    supports: { type: Number, default: 0 },
    recounted: { type: Boolean, default: false },
    countVersion: { type: Number, default: 0 },
    mergedInto: { type: String, default: null },
    followed: { type: Boolean, default: false },
    alike: { type: Number, default: 0 },
    decided: { type: decisionShape, default: null },
    passed: {
      type: new Schema<Passed>(
        { guestId: String, departmentId: String, name: String, jointly: [cosignerShape], by: String, at: Date },
        options,
      ),
      default: null,
    },
    askedAt: Date,
    publishedAt: { type: Date, default: null },
    answeredAt: { type: Date, default: null },
    revision: { type: Number, required: true },
    version: { type: Number, default: 1 },
    trail: trailShape,
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
questionSchema.index({ interviewId: 1, askedAt: 1 });
questionSchema.index({ askerId: 1, askedAt: -1 });
questionSchema.index({ interviewId: 1, revision: 1 });
questionSchema.index({ _id: 1, version: 1 });
questionSchema.index({ mergedInto: 1 }, { sparse: true });
questionSchema.index({ interviewId: 1, askerId: 1, askerOrder: 1 }, { unique: true });
questionSchema.index({ interviewId: 1, askerId: 1, formKey: 1 }, { unique: true });

export const QuestionModel = mongoose.model('Question', questionSchema, 'questions');

/** One person's support 支持 of one question; the unique index keeps it one. */
export interface Support {
  _id: string;
  interviewId: string;
  questionId: string;
  personId: string;
  at: Date;
}
const supportSchema = new Schema<Support>(
  { _id: String, interviewId: String, questionId: String, personId: String, at: Date },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
supportSchema.index({ questionId: 1, personId: 1 }, { unique: true });
supportSchema.index({ interviewId: 1, personId: 1 });

export const SupportModel = mongoose.model('Support', supportSchema, 'supports');

/** Gives the question of this interview or a 404. */
export async function findQuestion(interviewId: string, id: string): Promise<Question> {
  // By identifier alone: the embedded database reads every question when the filter names a field beside it
  const found = isId(id) ? await QuestionModel.findById(id).lean<Question>() : null;
  if (found?.interviewId !== interviewId) throw notFound('interview.errors.question-not-found');
  return found;
}

/** What changes a question, and when it may. */
export interface QuestionStep {
  from: readonly QuestionState[];
  /** What must be so besides the state; looked at again when another process was quicker. */
  only?: (question: Question) => boolean;
  set: Record<string, unknown>;
  push?: Record<string, unknown>;
  trail?: TrailEntry;
  /** Sentence when the question is not (any more) as it must be. */
  refusedKey: string;
}

/**
 * The atomic step of a question: state, change and trail in one write; gives the question as it is afterwards. Every
 * step counts the version up, so the version alone says that the question still is what was read.
 */
export async function changeQuestion(question: Question, step: QuestionStep): Promise<Question> {
  const push = { ...(step.trail ? { trail: step.trail } : {}), ...step.push };
  for (let seen = question; ; seen = await findQuestion(seen.interviewId, seen._id)) {
    if (!step.from.includes(seen.state) || step.only?.(seen) === false) throw conflict(step.refusedKey);
    const written = await QuestionModel.updateOne(
      // Exactly an index: the embedded database reads every question when the filter names a field beside it
      { _id: seen._id, version: seen.version },
      { $set: step.set, $inc: { version: 1 }, ...(Object.keys(push).length > 0 ? { $push: push } : {}) },
    );
    if (written.matchedCount === 1) return stepped(seen, step.set, push);
  }
}

/** The question as the database has it after a step, without reading it again. */
function stepped(question: Question, set: Record<string, unknown>, push: Record<string, unknown>): Question {
  const after = structuredClone(question);
  for (const [path, value] of Object.entries(set)) {
    const [holder, name] = placeOf(after, path);
    holder[name] = value;
  }
  for (const [path, value] of Object.entries(push)) {
    const [holder, name] = placeOf(after, path);
    holder[name] = [...((holder[name] as unknown[] | undefined) ?? []), value];
  }
  return { ...after, version: question.version + 1 };
}

/** What a path as `answers.0.draft` leads to: the part that holds the value, and its name there. */
function placeOf(question: Question, path: string): [Record<string, unknown>, string] {
  const names = path.split('.');
  const last = names.pop() as string;
  const holder = names.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], question);
  return [holder as Record<string, unknown>, last];
}
