/** Where a page of a list ended, the newest first: moment and identifier of its last row. Two rows may share a moment. */
export interface PageKey {
  at: Date;
  id: string;
}

/** The key as it stands in an address: `<milliseconds>-<identifier>`. */
export const writePageKey = ({ at, id }: PageKey): string => `${at.getTime()}-${id}`;

/** Reads it; anything else begins with the first page. A moment alone stands before all rows of that moment. */
export function readPageKey(text: unknown): PageKey | null {
  const [, at, id = ''] = (typeof text === 'string' && /^(\d{1,15})(?:-([\w-]{1,60}))?$/.exec(text)) || [];
  return at === undefined ? null : { at: new Date(Number(at)), id };
}

/** What the database must match to go on behind a key, in the order of `newestOrder`; everything without one. */
export function behindKey(field: string, key: PageKey | null): Record<string, unknown> {
  if (!key) return {};
  return { $or: [{ [field]: { $lt: key.at } }, { [field]: key.at, _id: { $lt: key.id } }] };
}

/** The order of a list that is paged by a moment. */
export const newestOrder = (field: string): Record<string, -1> => ({ [field]: -1, _id: -1 });

/** The same order for rows in memory: below zero when `one` stands in front of `other`. */
export const newestFirst = (one: PageKey, other: PageKey): number =>
  other.at.getTime() - one.at.getTime() || (one.id === other.id ? 0 : one.id > other.id ? -1 : 1);

/** Cuts a page from rows of which one more was read than fits: { rows, next }, `next` null on the last page. */
export function cutPage<Row>(found: readonly Row[], size: number, keyOf: (row: Row) => PageKey) {
  const rows = found.slice(0, size);
  const last = rows.at(-1);
  return { rows, next: last !== undefined && found.length > size ? writePageKey(keyOf(last)) : null };
}
