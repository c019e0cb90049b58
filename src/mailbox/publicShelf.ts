import { writePageKey, type PageKey } from '../platform/database/pageKey.ts';
import { SimilarIndex, type KeptIndex } from '../text/index.ts';
import type { LetterKind } from './letter.ts';
import { PublicRows, type KeptRows, type RowFilter } from './publicRows.ts';
import type { Letter } from './record.ts';

/** What the shelf needs of a letter. */
export const shelfFields = {
  publicVersion: 1,
  publishedAt: 1,
  visibility: 1,
  kind: 1,
  subject: 1,
  topicId: 1,
  'facts.departmentId': 1,
  changedAt: 1,
  version: 1,
} as const;
export type Shelved = Pick<
  Letter,
  '_id' | 'publicVersion' | 'publishedAt' | 'visibility' | 'kind' | 'subject' | 'topicId'
> & { facts: Pick<Letter['facts'], 'departmentId'> };

/** The shelf as it is kept in a file. */
export interface KeptShelf {
  index: KeptIndex;
  rows: KeptRows;
}

/** Public letters 公开信件 in memory: their texts for searching, their columns for listing. */
export class PublicShelf {
  private readonly index: SimilarIndex;
  private readonly rows: PublicRows;
  /** How often something changed. */
  changes = 0;

  constructor(kept?: KeptShelf) {
    this.index = new SimilarIndex({}, kept?.index);
    this.rows = new PublicRows((slot) => this.index.idAt(slot) ?? '', kept?.rows);
  }

  get count(): number {
    return this.rows.count;
  }
  /** True when most of what is kept is of letters that changed: time for a fresh one. */
  get worn(): boolean {
    return this.index.worn;
  }

  keep(): KeptShelf {
    const index = this.index.keep();
    return { index, rows: this.rows.keep(index.ids.length) };
  }

  has(id: string): boolean {
    return this.index.has(id);
  }

  /** Puts a letter in, or takes it out when it is not public. Texts are taken in again only when they changed. */
  put(letter: Shelved): void {
    const { _id, publicVersion: text, publishedAt, visibility } = letter;
    const before = this.index.slotOf(_id);
    if (!text || !publishedAt || visibility === 'private') {
      if (before === undefined) return;
      this.rows.remove(before);
      this.index.remove(_id);
      this.changes += 1;
      return;
    }
    const textAt = text.at.getTime();
    let slot = before;
    if (slot === undefined || this.rows.textAt(slot) !== textAt) {
      if (slot !== undefined) this.rows.remove(slot);
      // The title says best what it is about; of the reply only the beginning adds something
      slot = this.index.add(_id, `${text.title}\n${text.title}\n${text.body}\n${text.reply.slice(0, 300)}`, text.title);
      this.changes += 1;
    }
    this.rows.set(slot, {
      publishedAt: publishedAt.getTime(),
      kind: letter.kind satisfies LetterKind,
      department: letter.facts.departmentId ?? '',
      subject: letter.subject,
      topic: letter.topicId ?? '',
      textAt,
    });
  }

  /** Letters that resemble a text, best first, of those the filter wants. */
  search(text: string, filter: RowFilter | null, options: { limit: number; minimum: number; singles?: boolean }) {
    const wanted = filter && this.rows.accepts(filter);
    const accept = wanted ? (id: string) => wanted(this.index.slotOf(id) ?? 0) : undefined;
    return this.index.search(text, { ...options, ...(accept ? { accept } : {}) });
  }

  /** The newest letters behind a key: { ids, next, total }, `next` being the key of the following page. */
  newest(filter: RowFilter, before: PageKey | null, limit: number) {
    const { slots, more, total } = this.rows.newest(filter, before, limit);
    const ids = slots.flatMap((slot) => this.index.idAt(slot) ?? []);
    const last = slots.at(-1);
    return { ids, next: more && last !== undefined ? writePageKey(this.rows.keyOf(last)) : null, total };
  }
}
