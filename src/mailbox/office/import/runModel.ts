import mongoose, { Schema } from 'mongoose';
import type { Message } from '../../../kernel/errors.ts';
import type { ImportState } from '../../../transfer/index.ts';

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
  bytes: number;
  state: ImportState;
  /** Records dealt with, and how far into the file that is. */
  rows: number;
  readBytes: number;
  imported: number;
  /** Letters that were there already. */
  known: number;
  faulty: number;
  faults: RowFault[];
  failure: string;
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
