import mongoose, { Schema } from 'mongoose';
import type { Message } from '../kernel/errors.ts';
import type { Language } from '../kernel/language.ts';
import type { Step } from './plan.ts';
import type { ImportState } from './progress.ts';
import type { Fault } from './sheet.ts';

/** A confirmed import of a table 导入: says how far it is, and goes on from there after an interruption. */
export interface TableImport {
  _id: string;
  kind: string;
  /** Account of whoever confirmed it; nobody else sees it. */
  by: string;
  language: Language;
  state: ImportState;
  /** Rows of the file by what they do. */
  fresh: number;
  changed: number;
  unchanged: number;
  /** Rows that are written, as they should be. */
  rowsDone: number;
  /** The steps of this pass by their place; null: all of them. */
  pass: number[] | null;
  /** How many of the pass were tried. */
  tried: number;
  /** Steps of this pass that were refused so far; they come again when the pass is over. */
  waiting: { step: number; told: Message }[];
  /** Steps that were refused to the end, by their place, and the rows they stand in with the reason. */
  refused: number[];
  faults: Fault[];
  /** Why it broke off. */
  failure: Message | null;
  createdAt: Date;
  endedAt: Date | null;
}
const importSchema = new Schema<TableImport>(
  { _id: String, createdAt: Date },
  { autoIndex: false, autoCreate: false, versionKey: false, strict: false },
);
importSchema.index({ by: 1, createdAt: 1 });
importSchema.index({ createdAt: 1 }, { expireAfterSeconds: 90 * 86_400 });
export const TableImportModel = mongoose.model('TableImport', importSchema, 'tableImports');

/** What an import does, and what one-time passwords are derived from; goes away while the import itself is remembered. */
export interface ImportSteps {
  _id: string;
  steps: Step[];
  salt: string;
  expiresAt: Date;
}
const stepsSchema = new Schema<ImportSteps>(
  { _id: String, expiresAt: Date },
  { autoIndex: false, autoCreate: false, versionKey: false, strict: false },
);
stepsSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
export const ImportStepsModel = mongoose.model('TableImportSteps', stepsSchema, 'tableImportSteps');
