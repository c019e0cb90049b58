import mongoose, { Schema } from 'mongoose';
import { type DepartmentRow, leagues, levels } from './department.ts';

const departmentSchema = new Schema<DepartmentRow>(
  {
    _id: String,
    name: { type: String, required: true },
    shortName: { type: String, default: '' },
    nameEnglish: { type: String, default: '' },
    level: { type: String, enum: levels, required: true },
    league: { type: String, enum: leagues, required: true },
    parentId: { type: String, default: null },
    order: { type: Number, default: 0 },
    active: { type: Boolean, default: true },
    email: String,
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
departmentSchema.index({ parentId: 1 });
export const DepartmentModel = mongoose.model('Department', departmentSchema, 'departments');

/** One document for the whole tree: who may change it now, and a number that grows with each change. */
interface TreeState {
  _id: 'tree';
  revision: number;
  lockedUntil: Date;
  /** Whose lock it is. */
  lockedBy?: string;
}
const treeStateSchema = new Schema<TreeState>(
  { _id: String, revision: Number, lockedUntil: Date, lockedBy: String },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
export const TreeStateModel = mongoose.model('DepartmentTreeState', treeStateSchema, 'departmentTree');
