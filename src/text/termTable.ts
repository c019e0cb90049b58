const most = 0.6;

/**
 * From a term (a 32-bit number other than 0) to the number of its list, counted from 0 in the order of arrival. Open
 * addressing in two plain arrays: 8 bytes a place instead of the forty of a Map.
 */
export class TermTable {
  private keys: Int32Array;
  private lists: Int32Array;
  private taken = 0;

  constructor(terms: Int32Array = new Int32Array(0)) {
    const places = 2 ** Math.ceil(Math.log2(Math.max(1024, terms.length / most + 1)));
    this.keys = new Int32Array(places);
    this.lists = new Int32Array(places);
    for (const term of terms) this.add(term);
  }

  get size(): number {
    return this.taken;
  }
  get bytes(): number {
    return this.keys.byteLength * 2;
  }

  /** The list of a term, or -1. */
  get(term: number): number {
    const place = this.placeOf(term);
    return this.keys[place] === 0 ? -1 : (this.lists[place] ?? -1);
  }

  /** The list of a term; a new one for a new term. */
  add(term: number): number {
    let place = this.placeOf(term);
    if (this.keys[place] !== 0) return this.lists[place] ?? 0;
    if (this.taken + 1 > this.keys.length * most) {
      this.grow();
      place = this.placeOf(term);
    }
    this.keys[place] = term;
    this.lists[place] = this.taken;
    this.taken += 1;
    return this.taken - 1;
  }

  /** The terms by the number of their list, to be kept. */
  terms(): Int32Array {
    const terms = new Int32Array(this.taken);
    for (const [place, term] of this.keys.entries()) if (term !== 0) terms[this.lists[place] ?? 0] = term;
    return terms;
  }

  /** Where a term stands, or the free place where it belongs. */
  private placeOf(term: number): number {
    const last = this.keys.length - 1;
    let place = Math.imul(term ^ (term >>> 15), 0x2c1b3c6d);
    place = (place ^ (place >>> 13)) & last;
    while (this.keys[place] !== 0 && this.keys[place] !== term) place = (place + 1) & last;
    return place;
  }

  private grow(): void {
    const { keys, lists } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.lists = new Int32Array(keys.length * 2);
    for (let index = 0; index < keys.length; index += 1) {
      const term = keys[index] ?? 0;
      if (term === 0) continue;
      const place = this.placeOf(term);
      this.keys[place] = term;
      this.lists[place] = lists[index] ?? 0;
    }
  }
}
