import { newestFirst, type PageKey } from '../platform/database/pageKey.ts';
import type { LetterKind } from './letter.ts';

/** By what public letters are listed and counted. */
export interface PublicRow {
  publishedAt: number;
  kind: LetterKind;
  department: string;
  subject: string;
  topic: string;
  /** Moment of the public text: as long as it is the same, the text is. */
  textAt: number;
}
/** Which letters are wanted; an empty text wants all. */
export type RowFilter = Record<'kind' | 'department' | 'subject' | 'topic', string>;

const columns = ['kind', 'department', 'subject', 'topic'] as const;
type Column = (typeof columns)[number];

export interface KeptRows {
  tables: { publishedAt: Float64Array; textAt: Float64Array } & Record<Column, Uint32Array>;
  words: string[];
}

/** The columns of public letters 公开信件目录, 32 bytes a letter, ordered by publication. Rows are told by their slot. */
export class PublicRows {
  private readonly idOf: (slot: number) => string;
  private tables: KeptRows['tables'];
  private words: string[] = [];
  private numbers = new Map<string, number>();
  /** Slots, the one published first in front. */
  private order: number[] = [];

  /** `idOf` gives the letter in a slot, by which letters of the same moment are ordered. */
  constructor(idOf: (slot: number) => string, kept?: KeptRows) {
    this.idOf = idOf;
    this.tables = kept?.tables ?? emptyTables(1024);
    for (const word of kept?.words ?? ['']) this.numberOf(word);
    if (!kept) return;
    const { publishedAt } = this.tables;
    for (let slot = 0; slot < publishedAt.length; slot += 1) if (publishedAt[slot]) this.order.push(slot);
    this.order.sort((one, other) => this.compare(one, other));
  }

  /** What is to be kept; `slots` is how many there are. The arrays are views. */
  keep(slots: number): KeptRows {
    if (this.tables.publishedAt.length < slots) this.grow(slots);
    const { publishedAt, textAt, kind, department, subject, topic } = this.tables;
    const cut = <Table extends Float64Array | Uint32Array>(table: Table) => table.subarray(0, slots) as Table;
    const cutColumns = { kind: cut(kind), department: cut(department), subject: cut(subject), topic: cut(topic) };
    return { tables: { publishedAt: cut(publishedAt), textAt: cut(textAt), ...cutColumns }, words: this.words };
  }

  get count(): number {
    return this.order.length;
  }

  set(slot: number, row: PublicRow): void {
    if (slot >= this.tables.publishedAt.length) this.grow(slot + 1);
    if (this.tables.publishedAt[slot] !== row.publishedAt) {
      this.remove(slot);
      this.tables.publishedAt[slot] = row.publishedAt;
      this.order.splice(this.placeOf(slot), 0, slot);
    }
    this.tables.textAt[slot] = row.textAt;
    for (const column of columns) this.tables[column][slot] = this.numberOf(row[column]);
  }

  remove(slot: number): void {
    if (!this.tables.publishedAt[slot]) return;
    this.order.splice(this.placeOf(slot), 1);
    this.tables.publishedAt[slot] = 0;
  }

  /** Moment of the public text in a slot, 0 when there is none. */
  textAt(slot: number): number {
    return this.tables.publishedAt[slot] ? (this.tables.textAt[slot] ?? 0) : 0;
  }

  publishedAt(slot: number): number {
    return this.tables.publishedAt[slot] ?? 0;
  }

  /** Where the letter in a slot stands in the order. */
  keyOf(slot: number): PageKey {
    return { at: new Date(this.publishedAt(slot)), id: this.idOf(slot) };
  }

  /** True when the letter is one of those wanted. */
  accepts(filter: RowFilter): (slot: number) => boolean {
    const wanted = columns.filter((column) => filter[column] !== '');
    const tests = wanted.map((column) => [this.tables[column], this.numbers.get(filter[column]) ?? -1] as const);
    return (slot) => tests.every(([table, number]) => table[slot] === number);
  }

  /**
   * Slots of the newest `limit` letters behind a key, newest first. `more` says whether older ones follow, `total` how
   * many there are in all.
   */
  newest(filter: RowFilter, before: PageKey | null, limit: number): { slots: number[]; more: boolean; total: number } {
    const accept = this.accepts(filter);
    const slots: number[] = [];
    let [more, total] = [false, 0];
    for (let place = this.order.length - 1; place >= 0; place -= 1) {
      const slot = this.order[place] ?? 0;
      if (!accept(slot)) continue;
      total += 1;
      if (more || (before && !this.isBehind(slot, before))) continue;
      if (slots.length < limit) slots.push(slot);
      else more = true;
    }
    return { slots, more, total };
  }

  private isBehind(slot: number, key: PageKey): boolean {
    const moment = this.publishedAt(slot);
    return moment === key.at.getTime() ? this.idOf(slot) < key.id : moment < key.at.getTime();
  }

  private compare(one: number, other: number): number {
    const later = this.publishedAt(one) - this.publishedAt(other);
    return later || newestFirst(this.keyOf(other), this.keyOf(one));
  }

  /** Where a slot stands in the order, or belongs. */
  private placeOf(slot: number): number {
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(this.order[middle] ?? 0, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private numberOf(word: string): number {
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.words.push(word) - 1;
      this.numbers.set(word, number);
    }
    return number;
  }

  private grow(slots: number): void {
    const larger = emptyTables(Math.ceil(slots * 1.5));
    for (const name of Object.keys(larger) as (keyof KeptRows['tables'])[]) larger[name].set(this.tables[name]);
    this.tables = larger;
  }
}

function emptyTables(length: number): KeptRows['tables'] {
  const numbers = () => new Uint32Array(length);
  const moments = { publishedAt: new Float64Array(length), textAt: new Float64Array(length) };
  return { ...moments, kind: numbers(), department: numbers(), subject: numbers(), topic: numbers() };
}
