import { LetterModel } from './letterModel.ts';

/** Indexes of letters that older versions made and nothing asks for any more: each is one more thing to write. */
const outdated = ['formKeyHash_1', 'outboxAt_1', 'duplicateOf_1', 'duplicate_of', 'facts.departmentId_1_publishedAt_1'];

/** Drops them where they still are. Several processes may do it at once. */
export async function dropOldIndexes(): Promise<void> {
  const there = await LetterModel.collection.indexes().catch(() => []);
  for (const { name } of there) {
    if (name && outdated.includes(name)) await LetterModel.collection.dropIndex(name).catch(() => undefined);
  }
}
