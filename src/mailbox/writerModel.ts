import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { extents, ways } from '../notification/index.ts';
import { seal, unseal } from './secrets.ts';

/** Who wrote and how to reach them 来信人信息. Lies encrypted, apart from the letter. */
const identitySchema = z.object({
  name: z.string(),
  phone: z.string(),
  email: z.string(),
  address: z.string(),
  /** What the writer chose for this letter; without it their account decides. */
  preference: z
    .object({ extent: z.enum(extents), way: z.enum(ways) })
    .nullable()
    .default(null),
  /** Who typed the letter for somebody else. */
  enteredFor: z.string().default(''),
});
export type WriterIdentity = z.output<typeof identitySchema>;

interface WriterRow {
  _id: string;
  sealed: string;
  createdAt: Date;
  /** The writer deleted their account: it goes as soon as the letter is over. */
  gone?: boolean;
  /** The night in which no letter was found for it. */
  alone?: Date;
}
const writerSchema = new Schema<WriterRow>(
  { _id: String, sealed: { type: String, required: true }, createdAt: Date, gone: Boolean, alone: Date },
  { autoIndex: false, autoCreate: false, versionKey: false },
);
export const WriterModel = mongoose.model('LetterWriter', writerSchema, 'letterWriters');

/** Seals the identities of the writers of some letters, in one write. */
export async function keepIdentities(
  letters: readonly { letterId: string; writer: WriterIdentity; at: Date }[],
): Promise<void> {
  const rows = letters.map(({ letterId, writer, at }) => ({
    _id: letterId,
    sealed: seal(JSON.stringify(writer), letterId),
    createdAt: at,
  }));
  await WriterModel.collection.insertMany(rows as never[], { ordered: false });
}

/** Opens it: for sending notices. Whoever shows it to a person goes through revealWriter, which leaves an audit entry. */
export async function openIdentity(letterId: string): Promise<WriterIdentity | null> {
  const row = await WriterModel.findById(letterId).lean<WriterRow>();
  return row ? identitySchema.parse(JSON.parse(unseal(row.sealed, letterId))) : null;
}

/** Changes part of what is sealed. */
export async function changeIdentity(letterId: string, change: Partial<WriterIdentity>): Promise<void> {
  const identity = await openIdentity(letterId);
  if (!identity) return;
  const sealed = seal(JSON.stringify({ ...identity, ...change }), letterId);
  await WriterModel.updateOne({ _id: letterId }, { $set: { sealed } });
}
