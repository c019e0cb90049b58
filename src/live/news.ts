/** Counts what came into a room, whatever it was; shared by all that is new there. */
export interface Clock {
  count: number;
}

/**
 * What is new, in the order in which it came in: something that changed five times stands here once, where it came last.
 * Revisions would not do for this order, since another process may tell of an older one later.
 */
export class News {
  readonly #clock: Clock;
  readonly #places = new Map<string, number>();
  #newest = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(key: string): void {
    this.#newest = this.#clock.count += 1;
    this.#places.delete(key);
    this.#places.set(key, this.#newest);
  }

  /** True when something came in after the clock stood at `seen`. */
  isAfter(seen: number): boolean {
    return this.#newest > seen;
  }

  /** What came in after the clock stood at `seen`, oldest first. */
  since(seen: number): string[] {
    const keys: string[] = [];
    for (const [key, place] of this.#places) if (place > seen) keys.push(key);
    return keys;
  }

  /** Everybody has seen what came in until then. */
  forget(seen: number): void {
    for (const [key, place] of this.#places) {
      if (place > seen) return;
      this.#places.delete(key);
    }
  }
}
