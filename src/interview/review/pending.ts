import { Schema } from 'mongoose';
import type { Doer } from '../interviewModel.ts';

/** Who signs an answer together with the guest who writes it 联合答复. */
export interface Cosigner {
  guestId: string;
  name: string;
  title: string;
}

/** Where an answer stands between the guest and the public, in the order in which it gets there. */
export type PendingStage =
  | 'returned' // 已退回: the guest works on it again
  | 'agreeing' // 待联合答复方同意
  | 'reviewing' // 待审核 (政策关)
  | 'ready' // 待提问发布: goes out together with its question
  | 'out'; // 已发布

/** A wording that was handed in and is not out yet. */
export interface Pending {
  text: string;
  /** Counts the wordings: the later of two saves is told. */
  version: number;
  stage: Exclude<PendingStage, 'out'>;
  by: Doer;
  at: Date;
  /** What the guest handed in, when a reviewer changed it. */
  original: string | null;
  cosigners: Cosigner[];
  /** Cosigners who agreed to exactly this wording. */
  agreed: string[];
  /** Needs a reviewer: decided when it was handed in, so that a later change of the setting does not move it. */
  reviewed: boolean;
  /** The reviewer let exactly this wording through. */
  approved: boolean;
  returned: { by: string; remark: string; at: Date } | null;
}

/** One step of an answer on its way, with the words as they were then. */
export interface AnswerStep {
  what: 'submitted' | 'agreed' | 'returned' | 'edited' | 'approved' | 'withdrawn';
  by: string;
  at: Date;
  text: string;
  remark: string | null;
}

type Standing = Pick<Pending, 'cosigners' | 'agreed' | 'reviewed' | 'approved' | 'returned'>;

/** The stage of an answer: all cosigners agree, then a reviewer approves, then its question is out. */
export function stageOf(pending: Standing, questionOut: boolean): PendingStage {
  if (pending.returned) return 'returned';
  if (pending.cosigners.some(({ guestId }) => !pending.agreed.includes(guestId))) return 'agreeing';
  if (pending.reviewed && !pending.approved) return 'reviewing';
  return questionOut ? 'out' : 'ready';
}

const options = { _id: false } as const;
export const cosignerShape = new Schema<Cosigner>({ guestId: String, name: String, title: String }, options);
export const pendingShape = new Schema<Pending>(
  {
    text: String,
    version: Number,
    stage: String,
    by: { kind: String, id: String, name: String },
    at: Date,
    original: { type: String, default: null },
    cosigners: [cosignerShape],
    agreed: [String],
    reviewed: Boolean,
    approved: Boolean,
    returned: { type: new Schema({ by: String, remark: String, at: Date }, options), default: null },
  },
  options,
);
export const stepShape = new Schema<AnswerStep>(
  { what: String, by: String, at: Date, text: String, remark: { type: String, default: null } },
  options,
);
