import mongoose, { Schema } from 'mongoose';
import { notFound } from '../kernel/errors.ts';
import { isId } from '../kernel/id.ts';
import { doerShape, type Doer } from './interviewModel.ts';

/** When a turn was written down. */
export const turnKinds = [
  'prepared', // 预录: before its moment; waits until it is released
  'live', // 实录
  'added', // 补录: after the close
] as const;
export type TurnKind = (typeof turnKinds)[number];

/** A picture 图片 in the record; the turn's text says what it shows. */
export interface TurnPicture {
  uploadId: string;
  /** Pixels. */
  width: number;
  height: number;
}

/** A turn 发言 of the verbatim record: who said what, or a picture, which nobody says. */
export interface Turn {
  _id: string;
  interviewId: string;
  /** Rank in the record: any number, so that a turn moves between two others by one write. */
  order: number;
  speaker: { id: string; name: string; title: string };
  text: string;
  kind: TurnKind;
  at: Date;
  by: Doer;
  formKey: string;
  /** Written down, but not yet said: only the desks see it. */
  waiting?: boolean;
  picture?: TurnPicture | null;
  correctedAt: Date | null;
  /** Earlier wordings, oldest first. */
  earlier: { text: string; at: Date; by: Doer }[];
  removedAt: Date | null;
  revision: number;
  version: number;
}

const options = { _id: false } as const;
const turnSchema = new Schema<Turn>(
  {
    _id: String,
    interviewId: { type: String, required: true },
    order: { type: Number, required: true },
    speaker: { id: String, name: String, title: String },
    text: { type: String, required: true },
    kind: { type: String, enum: turnKinds, required: true },
    at: Date,
    by: doerShape,
    formKey: String,
    waiting: { type: Boolean, default: false },
    picture: { type: new Schema({ uploadId: String, width: Number, height: Number }, options), default: null },
    correctedAt: { type: Date, default: null },
    earlier: [new Schema({ text: String, at: Date, by: doerShape }, options)],
    removedAt: { type: Date, default: null },
    revision: { type: Number, required: true },
    version: { type: Number, default: 1 },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
turnSchema.index({ interviewId: 1, order: 1 });
turnSchema.index({ _id: 1, version: 1 });
turnSchema.index({ interviewId: 1, formKey: 1 }, { unique: true });

export const TurnModel = mongoose.model('Turn', turnSchema, 'turns');

/** Gives the turn of this interview or a 404. */
export async function findTurn(interviewId: string, id: string): Promise<Turn> {
  const found = isId(id) ? await TurnModel.findById(id).lean<Turn>() : null;
  if (found?.interviewId !== interviewId) throw notFound('interview.errors.turn-not-found');
  return found;
}
