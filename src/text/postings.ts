const firstBlock = 2;
const largestBlock = 256;

/** What the lists are made of, to be kept in a file. */
export interface KeptPostings {
  arena: Uint32Array;
  block: Uint32Array;
  size: Uint16Array;
  used: Uint16Array;
}

/**
 * The lists of an inverted index in one piece of memory: 4 bytes an entry, in blocks that double in size and are
 * chained from the newest to the oldest. Block: previous block, its size, entries.
 */
export class Postings {
  private arena: Uint32Array = new Uint32Array(1 << 16);
  private end = 1; // 0 means "no block"
  private block: Uint32Array = new Uint32Array(1 << 10);
  private size: Uint16Array = new Uint16Array(1 << 10);
  private used: Uint16Array = new Uint16Array(1 << 10);

  /** Lists that were kept, or none. */
  constructor(kept?: KeptPostings) {
    if (!kept) return;
    ({ arena: this.arena, block: this.block, size: this.size, used: this.used } = kept);
    this.end = kept.arena.length;
  }

  /** The lists as they are now, `lists` of them. The arrays are views: to be written away before the next add(). */
  keep(lists: number): KeptPostings {
    return {
      arena: this.arena.subarray(0, this.end),
      block: this.block.subarray(0, lists),
      size: this.size.subarray(0, lists),
      used: this.used.subarray(0, lists),
    };
  }

  /** Puts an entry in front of a list; lists are numbered from 0. */
  add(list: number, entry: number): void {
    if (list >= this.block.length) this.growLists(list);
    const size = this.size[list] ?? 0;
    if ((this.used[list] ?? 0) === size) this.openBlock(list, size);
    const used = this.used[list] ?? 0;
    this.arena[(this.block[list] ?? 0) + 2 + used] = entry;
    this.used[list] = used + 1;
  }

  /** Calls `each` with every entry of a list, newest block first. */
  scan(list: number, each: (entry: number) => void): void {
    const { arena } = this;
    let block = this.block[list] ?? 0;
    let count = this.used[list] ?? 0;
    while (block) {
      for (let index = block + 1 + count; index > block + 1; index -= 1) each(arena[index] ?? 0);
      count = arena[block + 1] ?? 0;
      block = arena[block] ?? 0;
    }
  }

  get bytes(): number {
    return this.arena.byteLength + this.block.byteLength + this.size.byteLength + this.used.byteLength;
  }

  private openBlock(list: number, size: number): void {
    const next = size ? Math.min(size * 2, largestBlock) : firstBlock;
    if (this.end + next + 2 > this.arena.length) this.growArena(next + 2);
    this.arena[this.end] = this.block[list] ?? 0;
    this.arena[this.end + 1] = size;
    this.block[list] = this.end;
    this.size[list] = next;
    this.used[list] = 0;
    this.end += next + 2;
  }

  private growArena(needed: number): void {
    // A large one grows by less, for what stands empty is memory too
    const share = this.arena.length > 4_000_000 ? 1.15 : 1.5;
    const larger = new Uint32Array(Math.ceil(this.arena.length * share) + needed);
    larger.set(this.arena);
    this.arena = larger;
  }

  private growLists(list: number): void {
    const length = Math.max(list + 1, Math.ceil(this.block.length * 1.5));
    const grown = <Numbers extends Uint32Array | Uint16Array>(fresh: Numbers, old: Numbers): Numbers => {
      fresh.set(old);
      return fresh;
    };
    this.block = grown(new Uint32Array(length), this.block);
    this.size = grown(new Uint16Array(length), this.size);
    this.used = grown(new Uint16Array(length), this.used);
  }
}
