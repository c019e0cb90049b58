import { join } from 'node:path';
import mongoose from 'mongoose';
import { z } from 'zod';
import { config } from '../config.ts';
import { readSnapshot, writeSnapshot } from '../platform/snapshot.ts';
import { LetterModel } from './letterModel.ts';
import { PublicShelf, type KeptShelf } from './publicShelf.ts';
import type { Letter } from './record.ts';

/** Grows when the columns or the terms of a text change: an older file is then not read. */
const form = 2;
const oldest = 14 * 86_400_000;

const metaSchema = z.object({
  form: z.literal(form),
  database: z.string(),
  /** Moment up to which changes are in it. */
  until: z.number(),
  /** A letter that changed last; in another database, or one set back, it is not there like this. */
  witness: z.object({ id: z.string(), version: z.number() }),
  added: z.number(),
  lengthSum: z.number(),
  ids: z.array(z.string().nullable()),
  words: z.array(z.string()),
});

const pathOf = (): string => join(config.dataFolder, 'index', `public-letters-${mongoose.connection.name}.bin`);

/** Writes the shelf into the data folder of this machine. `until` is the moment up to which it knows all changes. */
export async function keepShelf(shelf: PublicShelf, until: Date): Promise<void> {
  const witness = await lastChanged(until);
  if (!witness) return;
  const { index, rows } = shelf.keep();
  const { ids, added, lengthSum, ...lists } = index;
  const meta: z.output<typeof metaSchema> = {
    form,
    database: mongoose.connection.name,
    until: until.getTime(),
    witness: { id: witness._id, version: witness.version },
    added,
    lengthSum,
    ids,
    words: rows.words,
  };
  writeSnapshot(pathOf(), meta, { ...lists, ...rows.tables });
}

/** Some letter changed last before that moment, looked for by ever longer steps back. */
async function lastChanged(until: Date): Promise<Pick<Letter, '_id' | 'version'> | undefined> {
  for (let step = 60_000; step < 4e11; step *= 8) {
    const range = { $gte: new Date(until.getTime() - step), $lt: until };
    const found = await LetterModel.find({ changedAt: range }, { version: 1 }).limit(1).lean<Letter[]>();
    if (found[0]) return found[0];
  }
  return undefined;
}

/** The shelf that was kept and the moment it stands at; undefined when there is none that can be believed. */
export async function keptShelf(): Promise<{ shelf: PublicShelf; until: Date } | undefined> {
  const read = readSnapshot(pathOf());
  const meta = metaSchema.safeParse(read?.meta);
  if (!read || !meta.success) return undefined;
  const { until, witness, database, ids, added, lengthSum, words } = meta.data;
  if (database !== mongoose.connection.name || until > Date.now() || until < Date.now() - oldest) return undefined;
  const now = await LetterModel.findById(witness.id, { version: 1 }).lean<Pick<Letter, 'version'>>();
  if (!now || now.version < witness.version) return undefined;
  const tables = read.tables as unknown as KeptShelf['index'] & KeptShelf['rows']['tables'];
  const { arena, block, size, used, terms, frequency } = tables;
  const { publishedAt, textAt, kind, department, subject, topic } = tables;
  const index = { arena, block, size, used, terms, frequency, ids, added, lengthSum };
  const rows = { tables: { publishedAt, textAt, kind, department, subject, topic }, words };
  return { shelf: new PublicShelf({ index, rows }), until: new Date(until) };
}
