/** Counts of whole milliseconds, for percentiles over millions of samples. */
export class Figures {
  #counts = new Float64Array(60_001);
  #total = 0;
  #max = 0;

  add(milliseconds: number): void {
    const place = Math.min(Math.max(Math.round(milliseconds), 0), 60_000);
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    this.#total += 1;
    this.#max = Math.max(this.#max, milliseconds);
  }

  summary() {
    return { n: this.#total, p50: this.#at(0.5), p95: this.#at(0.95), max: Math.round(this.#max) };
  }

  #at(share: number): number {
    let seen = 0;
    for (let place = 0; place < this.#counts.length; place += 1) {
      seen += this.#counts[place] ?? 0;
      if (seen >= share * this.#total) return place;
    }
    return 0;
  }
}
export type Summary = ReturnType<Figures['summary']>;
