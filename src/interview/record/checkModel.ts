import mongoose, { Schema } from 'mongoose';
import { conflict } from '../../kernel/errors.ts';
import { doerShape, type Doer } from '../interviewModel.ts';

/** What became of a correction that a guest proposed. */
export type ProposalState = 'open' | 'taken' | 'declined';

/** A correction 更正建议: other words for one passage of the record. */
export interface Proposal {
  id: string;
  /** A turn, or the answer to a question. */
  kind: 'turn' | 'answer';
  passageId: string;
  /** The words as the guest read them, and as they should be. */
  before: string;
  text: string;
  note: string;
  by: Doer;
  at: Date;
  state: ProposalState;
  /** Why it was declined. */
  reason: string;
  decidedBy: Doer | null;
  decidedAt: Date | null;
}

/** What one guest says about the record of one interview 嘉宾核对. */
export interface Check {
  /** `interview-guest` */
  _id: string;
  interviewId: string;
  guestId: string;
  /** The last confirmation; `words` is the fingerprint of what was confirmed, `note` says how when somebody else did it. */
  confirmed: { at: Date; by: Doer; words: string; note: string } | null;
  proposals: Proposal[];
  version: number;
}

const options = { _id: false } as const;
const proposalShape = new Schema<Proposal>(
  {
    id: String,
    kind: String,
    passageId: String,
    before: String,
    text: String,
    note: String,
    by: doerShape,
    at: Date,
    state: String,
    reason: String,
    decidedBy: { type: new Schema(doerShape, options), default: null },
    decidedAt: { type: Date, default: null },
  },
  options,
);
const checkSchema = new Schema<Check>(
  {
    _id: String,
    interviewId: String,
    guestId: String,
    confirmed: {
      type: new Schema({ at: Date, by: doerShape, words: String, note: String }, options),
      default: null,
    },
    proposals: [proposalShape],
    version: { type: Number, default: 1 },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
checkSchema.index({ interviewId: 1 });
checkSchema.index({ _id: 1, version: 1 });

export const CheckModel = mongoose.model('Check', checkSchema, 'recordchecks');

const checkId = (interviewId: string, guestId: string) => `${interviewId}-${guestId}`;

/** What a guest has said so far; an empty one when nothing was. */
export async function checkOf(interviewId: string, guestId: string): Promise<Check> {
  const _id = checkId(interviewId, guestId);
  const found = await CheckModel.findById(_id).lean<Check>();
  return found ?? { _id, interviewId, guestId, confirmed: null, proposals: [], version: 0 };
}

/** What all guests of an interview have said. */
export async function checksOf(interviewId: string): Promise<Map<string, Check>> {
  const found = await CheckModel.find({ interviewId }).lean<Check[]>();
  return new Map(found.map((check) => [check.guestId, check]));
}

/** Writes what changed, over the version that was read; a conflict when somebody else was faster. */
export async function storeCheck(check: Check, set: Partial<Pick<Check, 'confirmed' | 'proposals'>>): Promise<void> {
  const { _id, version } = check;
  if (version === 0) await CheckModel.updateOne({ _id }, { $setOnInsert: { ...check, version: 0 } }, { upsert: true });
  const written = await CheckModel.updateOne({ _id, version }, { $set: { ...set, version: version + 1 } });
  if (written.matchedCount === 0) throw conflict('interview-check.errors.changed-meanwhile');
}

/** What a guest proposed that nobody has decided yet. */
export async function openProposals(interviewId: string, guestId: string): Promise<Proposal[]> {
  return (await checkOf(interviewId, guestId)).proposals.filter(({ state }) => state === 'open');
}
