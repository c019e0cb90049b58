import mongoose, { Schema } from 'mongoose';
import type { Message } from '../../../kernel/errors.ts';
import type { ImportState } from '../../../transfer/index.ts';
import type { Places } from './columns.ts';

/** A row that could not be taken: number of the record after the head, line of the file, and why. */
export interface RowFault {
  row: number;
  line: number;
  told: Message;
}

/** One import of past letters 历史信件导入; says how far it is and goes on from there after an interruption. */
export interface ImportRun {
  _id: string;
  name: string;
  /** Name of the place the file came from: the same letters of the same source are taken once. */
  source: string;
  departmentId: string;
  state: ImportState;
  /** The headings of the file, the first rows below them, and where each column stands as it was found or chosen. */
  headings: string[];
  first: string[][];
  places: Places;
  /** Records of the file, and how many of them are dealt with. */
  total: number;
  rows: number;
  imported: number;
  /** Letters that were there already. */
  known: number;
  faulty: number;
  faults: RowFault[];
  /** Why it broke off. */
  trouble: Message | null;
  /** Taken back: letters that went, and letters that stayed because somebody had worked on them since. */
  undone: { removed: number; kept: number } | null;
  at: Date;
  by: string;
  endedAt: Date | null;
}
const runSchema = new Schema<ImportRun>(
  { _id: String },
  { autoIndex: false, autoCreate: false, versionKey: false, strict: false },
);
runSchema.index({ at: 1 });
export const ImportRunModel = mongoose.model('LetterImport', runSchema, 'letterImports');

/** Most faults kept of one run; the count goes on. */
export const faultsKept = 1000;
