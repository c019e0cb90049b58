import mongoose, { Schema } from 'mongoose';
import { notFound } from '../kernel/errors.ts';

/** A file on its way in, looked at but not yet applied; gone after an hour. */
interface ImportDraft {
  _id: string;
  kind: string;
  by: string;
  text: string;
  createdAt: Date;
}

const draftSchema = new Schema<ImportDraft>(
  {
    _id: String,
    kind: { type: String, required: true },
    by: { type: String, required: true },
    text: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
draftSchema.index({ createdAt: 1 }, { expireAfterSeconds: 3600 });
export const ImportDraftModel = mongoose.model('ImportDraft', draftSchema, 'importDrafts');

/** The text of a draft; only whoever brought it may see it. */
export async function draftText(id: string, kind: string, by: string): Promise<string> {
  const draft = await ImportDraftModel.findOne({ _id: id, kind, by }).lean<ImportDraft>();
  if (!draft) throw notFound('transfer.errors.draft-over');
  return draft.text;
}
