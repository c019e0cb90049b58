import mongoose, { Schema } from 'mongoose';
import type { StaffRole } from '../kernel/actor.ts';

/** One line of the audit trail 审计日志. Written once, never changed, never removed. */
export interface AuditEntry {
  _id: string;
  at: Date;
  who: { kind: 'staff' | 'system'; id: string; name: string };
  /** Roles held at that moment. */
  roles: { role: StaffRole; departmentId: string }[];
  verb: string;
  target: { type: string; id: string; label: string };
  before: unknown;
  after: unknown;
  requestId: string;
}

const entrySchema = new Schema<AuditEntry>(
  {
    _id: String,
    at: { type: Date, required: true },
    who: { kind: String, id: String, name: String },
    roles: [{ _id: false, role: String, departmentId: String }],
    verb: { type: String, required: true },
    target: {
      type: new Schema({ type: String, id: String, label: String }, { _id: false, id: false, typeKey: '$type' }),
    },
    before: Schema.Types.Mixed,
    after: Schema.Types.Mixed,
    requestId: String,
  },
  { autoIndex: false, autoCreate: false, minimize: false, versionKey: false },
);
entrySchema.index({ at: -1, _id: -1 });
entrySchema.index({ 'who.id': 1, at: -1 });
entrySchema.index({ 'who.name': 1, at: -1 });
entrySchema.index({ verb: 1, at: -1 });
entrySchema.index({ 'target.type': 1, 'target.id': 1, at: -1 });

const sealed = () => {
  throw new Error('The audit trail is append-only');
};
entrySchema.pre(
  [
    'updateOne',
    'updateMany',
    'replaceOne',
    'findOneAndUpdate',
    'findOneAndReplace',
    'findOneAndDelete',
    'deleteOne',
    'deleteMany',
  ],
  sealed,
);
entrySchema.pre('deleteOne', { document: true, query: false }, sealed);
entrySchema.pre('bulkWrite', sealed);
entrySchema.pre('save', function () {
  if (!this.isNew) sealed();
});

/** Stays inside this feature: others only append, by recordAudit(). */
export const AuditEntryModel = mongoose.model('AuditEntry', entrySchema, 'auditEntries');
