import { Postings, type KeptPostings } from './postings.ts';
import { TermTable } from './termTable.ts';
import { singlesOf, termsOf } from './terms.ts';

export interface Similar {
  id: string;
  /** 0 to 1: which part of the weight of the question's terms the text shares. */
  score: number;
}

export interface SimilarOptions {
  /** How many of a text's heaviest terms are kept. More finds more and costs memory: 4 bytes each. */
  termsPerText?: number;
  /** How many of a question's heaviest terms are looked up. */
  termsPerQuery?: number;
}

/** An index as it is kept in a file. */
export interface KeptIndex extends KeptPostings {
  terms: Int32Array;
  frequency: Uint32Array;
  /** Identifiers by slot; null where a text was taken out. */
  ids: (string | null)[];
  added: number;
  lengthSum: number;
}

/**
 * Similar texts 相似信件: an inverted index over character pairs with BM25 weights, in memory. Texts come and go one
 * by one. Only the heaviest terms of a text are kept, and terms that stand in a tenth of all texts are not looked
 * up, so a search stays short in a large collection.
 */
export class SimilarIndex {
  private postings = new Postings();
  private lists = new TermTable();
  private frequency: Uint32Array = new Uint32Array(1 << 10); // in how many texts a term stands
  private ids: (string | null)[] = [];
  private slots = new Map<string, number>();
  private scores = new Float32Array(1 << 10);
  private added = 0;
  private lengthSum = 0;
  private readonly termsPerText: number;
  private readonly termsPerQuery: number;

  constructor({ termsPerText = 96, termsPerQuery = 64 }: SimilarOptions = {}, kept?: KeptIndex) {
    this.termsPerText = termsPerText;
    this.termsPerQuery = termsPerQuery;
    if (!kept) return;
    this.postings = new Postings(kept);
    this.lists = new TermTable(kept.terms);
    ({ frequency: this.frequency, ids: this.ids, added: this.added, lengthSum: this.lengthSum } = kept);
    for (const [slot, id] of kept.ids.entries()) if (id !== null) this.slots.set(id, slot);
  }

  /** The index as it is now, to be kept. The arrays are views: to be copied or written before the next add(). */
  keep(): KeptIndex {
    const { ids, added, lengthSum, lists } = this;
    const frequency = this.frequency.subarray(0, lists.size);
    return { ...this.postings.keep(lists.size), terms: lists.terms(), frequency, ids, added, lengthSum };
  }

  /** How many texts can be found. */
  get count(): number {
    return this.slots.size;
  }

  /** True when more than half of what is kept belongs to removed texts: time to build a fresh index. */
  get worn(): boolean {
    return this.ids.length > 1_000 && this.slots.size * 2 < this.ids.length;
  }

  /** Bytes of the large tables. */
  get bytes(): number {
    return this.postings.bytes + this.lists.bytes + this.frequency.byteLength + this.scores.byteLength;
  }

  /**
   * Adds a text, or puts it in place of the one with this id; a search for one character finds it by its `title`.
   * Gives its slot, a small number that no other text gets.
   */
  add(id: string, text: string, title = ''): number {
    this.remove(id);
    const terms = termsOf(text);
    let length = 0;
    const heavy: { list: number; count: number; weight: number }[] = [];
    this.added += 1;
    for (const [term, count] of terms) {
      const list = this.listOf(term);
      this.frequency[list] = (this.frequency[list] ?? 0) + 1;
      length += count;
      heavy.push({ list, count, weight: this.rarity(list) * Math.min(count, 3) });
    }
    this.lengthSum += length;
    const slot = this.ids.length;
    this.ids.push(id);
    this.slots.set(id, slot);
    if (heavy.length > this.termsPerText) heavy.sort((one, other) => other.weight - one.weight);
    const average = this.lengthSum / this.added;
    for (const { list, count } of heavy.slice(0, this.termsPerText)) {
      this.postings.add(list, slot * 256 + impact(count, length / average));
    }
    for (const single of singlesOf(title)) {
      const list = this.listOf(single);
      this.frequency[list] = (this.frequency[list] ?? 0) + 1;
      this.postings.add(list, slot * 256 + singleImpact);
    }
    return slot;
  }

  /** The slot of a text, or undefined. */
  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }

  /** The text in a slot; null when it was taken out. */
  idAt(slot: number): string | null {
    return this.ids[slot] ?? null;
  }

  /** True when the text of this id can be found. */
  has(id: string): boolean {
    return this.slots.has(id);
  }

  /** Takes a text out; unknown ids are fine. */
  remove(id: string): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    this.ids[slot] = null;
    this.slots.delete(id);
  }

  /**
   * The most similar texts, best first. `accept` leaves out texts by id (the own one, those one may not see);
   * `minimum` is the lowest score worth showing; with `singles` a character that stands alone is looked for as well.
   */
  search(
    text: string,
    options: { limit?: number; minimum?: number; singles?: boolean; accept?: (id: string) => boolean } = {},
  ): Similar[] {
    const { limit = 5, minimum = 0.1, accept } = options;
    if (this.scores.length < this.ids.length) this.scores = new Float32Array(Math.ceil(this.ids.length * 1.25));
    const { scores } = this;
    const touched: number[] = [];
    const terms = this.heaviest(text, options.singles ?? false);
    let best = 0;
    for (const { list, weight } of terms) {
      best += weight;
      const step = weight / 255;
      this.postings.scan(list, (entry) => {
        const slot = Math.floor(entry / 256);
        if (scores[slot] === 0) touched.push(slot);
        scores[slot] = (scores[slot] ?? 0) + step * (entry & 255);
      });
    }
    const found: { slot: number; score: number }[] = [];
    let bar = best * minimum;
    for (const slot of touched) {
      const score = scores[slot] ?? 0;
      scores[slot] = 0;
      const id = this.ids[slot];
      if (score < bar || !id || (accept && !accept(id))) continue;
      found.push({ slot, score });
      if (found.length >= limit * 8) bar = Math.max(bar, keepBest(found, limit));
    }
    keepBest(found, limit);
    return found.map(({ slot, score }) => ({ id: this.ids[slot] ?? '', score: Math.min(1, score / best) }));
  }

  private heaviest(text: string, singles: boolean): { list: number; weight: number }[] {
    const common = Math.max(50, this.added / 10);
    const terms: { list: number; weight: number }[] = [];
    const frequent: typeof terms = [];
    const wanted: [number, number][] = [...termsOf(text)];
    if (singles) for (const single of singlesOf(text, true)) wanted.push([single, 1]);
    for (const [term, count] of wanted) {
      const list = this.lists.get(term);
      const texts = this.frequency[list] ?? 0;
      if (list < 0 || texts > Math.max(50, this.added / 2)) continue;
      const found = { list, weight: this.rarity(list) * Math.min(count, 3) };
      (texts > common ? frequent : terms).push(found);
    }
    // Words that stand in a tenth of all texts tell little; where there are no others they still tell something
    const chosen = terms.length > 0 ? terms : frequent;
    return chosen.sort((one, other) => other.weight - one.weight).slice(0, this.termsPerQuery);
  }

  private listOf(term: number): number {
    const list = this.lists.add(term);
    if (list >= this.frequency.length) {
      const larger = new Uint32Array(Math.ceil((list + 1) * 1.5));
      larger.set(this.frequency);
      this.frequency = larger;
    }
    return list;
  }

  /** Inverse document frequency, as in BM25. */
  private rarity(list: number): number {
    const texts = this.frequency[list] ?? 0;
    return Math.log(1 + (this.added - texts + 0.5) / (texts + 0.5));
  }
}

/** A character of a title counts alike in every letter. */
const singleImpact = 200;

/** BM25's part of one term in one text (k1 = 1.2, b = 0.5), as a byte. */
function impact(count: number, relativeLength: number): number {
  const saturated = (count * 2.2) / (count + 1.2 * (0.5 + 0.5 * Math.min(relativeLength, 8)));
  return Math.max(1, Math.min(255, Math.round(saturated * 128)));
}

/** Cuts the list to the best `limit`, best first; gives the score one has to beat. */
function keepBest(found: { score: number }[], limit: number): number {
  found.sort((one, other) => other.score - one.score);
  if (found.length > limit) found.length = limit;
  return found.length < limit ? 0 : (found.at(-1)?.score ?? 0);
}
