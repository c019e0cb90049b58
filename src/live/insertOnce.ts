import { MongoBulkWriteError } from 'mongodb';

/** What of a Mongoose model is needed here. */
interface Insertable {
  collection: { insertMany(documents: object[], options: { ordered: boolean }): Promise<unknown> };
}

const duplicateKey = 11_000;

/**
 * Inserts documents in one unordered bulk under a unique index, for votes and likes. Gives true for each one that is
 * new and false for each that was there already; any other failure of the bulk is thrown.
 * The documents go in as they are: no defaults, no validation.
 */
export async function insertOnce(model: Insertable, documents: readonly object[]): Promise<boolean[]> {
  if (documents.length === 0) return [];
  try {
    await model.collection.insertMany([...documents], { ordered: false });
    return documents.map(() => true);
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.length === 0 || failures.some((failure) => failure.code !== duplicateKey)) throw error;
    const there = new Set(failures.map((failure) => failure.index));
    return documents.map((_document, index) => !there.has(index));
  }
}
