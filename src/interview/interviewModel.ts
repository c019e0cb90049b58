import mongoose, { Schema, type UpdateQuery } from 'mongoose';
import type { StageClock } from '../kernel/clock.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { isId } from '../kernel/id.ts';
import type { Ban } from './bans/ban.ts';
import { banShape } from './bans/banShape.ts';
import type { Guard } from './guard/guard.ts';
import {
  interviewRoles,
  interviewStates,
  phases,
  type InterviewRole,
  type InterviewState,
  type Phase,
} from './interview.ts';
import { circles, type Circle } from './access/circles.ts';
import { approvalStates, type Approval } from './approval/approval.ts';
import { materialShape, type Material } from './material/material.ts';

/** Who did something: enough to say it later, whatever became of the account. */
export interface Doer {
  kind: 'guest' | 'citizen' | 'staff' | 'system';
  id: string;
  name: string;
}

/** One line of a trail: what was done, by whom, when, from which state to which. */
export interface TrailEntry {
  verb: string;
  by: Doer;
  at: Date;
  from?: string;
  to?: string;
  note?: string;
}

/** A guest 嘉宾 who answers; `personId` when they have an account of their own. */
export interface Guest {
  id: string;
  name: string;
  title: string;
  personId: string | null;
}

/** One role of one account inside this interview; `until` when it came by a link that expires. */
export interface RoleHeld {
  role: InterviewRole;
  personId: string;
  name: string;
  until?: Date | null;
  invitationId?: string | null;
}

/** A sentence of the host to the whole room. */
export interface Notice {
  id: string;
  text: string;
  at: Date;
  revision: number;
  gone: boolean;
}

export interface Interview {
  _id: string;
  topic: string;
  summary: string;
  background: string;
  departmentId: string;
  departmentPath: string[];
  departmentName: { 'zh-CN': string; en: string };
  guests: Guest[];
  roles: RoleHeld[];
  startsAt: Date;
  plannedMinutes: number;
  state: InterviewState;
  phase: Phase;
  /** The question that is being answered now. */
  onStage: string | null;
  notices: Notice[];
  createdAt: Date;
  announcedAt: Date | null;
  startedAt: Date | null;
  closedAt: Date | null;
  archivedAt: Date | null;
  /** Until when the public questions left without an answer are answered, as it was fixed when it was archived. */
  followUp?: StageClock | null;
  /** Revision in which what the phase row, or the stage row, shows last changed. */
  phaseRevision: number;
  stageRevision: number;
  peakOnline: number;
  /** Why it was put off or called off last, for everyone to read. */
  change?: { kind: 'postponed' | 'cancelled'; reason: string; at: Date; startedBefore: Date } | null;
  /** Since when no questions and supports are taken, or null. */
  pausedAt?: Date | null;
  /** Who may ask and who may support; absent: everyone. */
  asking?: Circle;
  supporting?: Circle;
  /** What the secretariat says to the draft; null when nobody submitted it. */
  approval?: Approval | null;
  /** Cover, pictures and files of the background. */
  material?: Material | null;
  /** Address of the broadcast or its recording, '' for none. */
  video?: string;
  /** Whether visitors must prove some work before they ask and support. */
  guard?: Guard | null;
  /** Who may not ask and support here any more, and the revision in which that last changed. */
  bans?: Ban[];
  bansRevision?: number;
  /** Answers are reviewed before they go out 政策关; null: as the city's setting says. */
  reviewAnswers?: boolean | null;
  /** Questions to be answered next 接下来, in this order, and the revision in which it last changed. */
  upNext?: string[];
  nextRevision?: number;
  /** Counts the saves of the announcement: the later of two is told. */
  version: number;
  trail: TrailEntry[];
}

const options = { _id: false } as const;
export const doerShape = { kind: String, id: String, name: String };
export const trailShape = [
  new Schema({ verb: String, by: doerShape, at: Date, from: String, to: String, note: String }, options),
];

const interviewSchema = new Schema<Interview>(
  {
    _id: String,
    topic: { type: String, required: true },
    summary: { type: String, default: '' },
    background: { type: String, default: '' },
    departmentId: { type: String, required: true },
    departmentPath: [String],
    departmentName: { 'zh-CN': String, en: String },
    guests: [
      new Schema({ id: String, name: String, title: String, personId: { type: String, default: null } }, options),
    ],
    roles: [
      new Schema(
        {
          role: { type: String, enum: interviewRoles },
          personId: String,
          name: String,
          until: Date,
          invitationId: String,
        },
        options,
      ),
    ],
    startsAt: { type: Date, required: true },
    plannedMinutes: { type: Number, required: true },
    state: { type: String, enum: interviewStates, required: true },
    phase: { type: String, enum: phases, required: true },
    onStage: { type: String, default: null },
    notices: [new Schema({ id: String, text: String, at: Date, revision: Number, gone: Boolean }, options)],
    createdAt: Date,
    announcedAt: { type: Date, default: null },
    startedAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
    archivedAt: { type: Date, default: null },
    followUp: { type: Schema.Types.Mixed, default: null },
    phaseRevision: { type: Number, default: 0 },
    stageRevision: { type: Number, default: 0 },
    peakOnline: { type: Number, default: 0 },
    change: {
      type: new Schema({ kind: String, reason: String, at: Date, startedBefore: Date }, options),
      default: null,
    },
    pausedAt: { type: Date, default: null },
    asking: { type: String, enum: circles },
    supporting: { type: String, enum: circles },
    approval: {
      type: new Schema(
        { state: { type: String, enum: approvalStates }, by: doerShape, at: Date, remarks: String },
        options,
      ),
      default: null,
    },
    material: materialShape,
    video: { type: String, default: '' },
    guard: { type: new Schema({ on: Boolean, byHand: Boolean, until: Date }, options), default: null },
    bans: { type: [banShape], default: [] },
    bansRevision: { type: Number, default: 0 },
    reviewAnswers: { type: Boolean, default: null },
    upNext: [String],
    nextRevision: { type: Number, default: 0 },
    version: { type: Number, default: 1 },
    trail: trailShape,
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
interviewSchema.index({ state: 1, startsAt: -1 });
interviewSchema.index({ departmentId: 1, startsAt: -1 });
interviewSchema.index({ 'roles.personId': 1 });

export const InterviewModel = mongoose.model('Interview', interviewSchema, 'interviews');

/** Gives the interview or a 404. */
export async function findInterview(id: string): Promise<Interview> {
  const found = isId(id) ? await InterviewModel.findById(id).lean<Interview>() : null;
  if (!found) throw notFound('interview.errors.not-found');
  return found;
}

/**
 * The atomic step of an interview: state, change and trail in one write. Takes the states it may come from; throws a
 * conflict with `refusedKey` when it is in none of them (any more), or when `only` does not match.
 */
export async function changeInterview(
  id: string,
  step: {
    from: readonly InterviewState[];
    only?: Record<string, unknown>;
    set: Partial<Interview>;
    push?: UpdateQuery<Interview>['$push'];
    pull?: UpdateQuery<Interview>['$pull'];
    increase?: Record<string, number>;
    trail: TrailEntry;
    refusedKey: string;
  },
): Promise<void> {
  const written = await InterviewModel.updateOne(
    { _id: id, state: { $in: [...step.from] }, ...step.only },
    {
      $set: step.set,
      ...(step.increase ? { $inc: step.increase } : {}),
      ...(step.pull ? { $pull: step.pull } : {}),
      $push: { trail: step.trail, ...step.push },
    },
  );
  if (written.matchedCount === 0) throw conflict(step.refusedKey);
}
