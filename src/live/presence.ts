/** Someone who polls counts for this long after their last question. */
const pollerStaysMs = 20_000;

/** Who is in a room: people, not tabs, whether they hold a socket or poll. */
export class Presence {
  #connected = new Map<string, number>();
  #polling = new Map<string, number>();
  #elsewhere = { people: 0, until: 0 };

  /** A connection of this person came. */
  enter(personId: string): void {
    this.#connected.set(personId, (this.#connected.get(personId) ?? 0) + 1);
    this.#polling.delete(personId);
  }

  /** A connection of this person went. */
  leave(personId: string): void {
    const left = (this.#connected.get(personId) ?? 0) - 1;
    if (left > 0) this.#connected.set(personId, left);
    else this.#connected.delete(personId);
  }

  /** This person asked over HTTP at `at` (milliseconds). */
  seen(personId: string, at: number): void {
    if (!this.#connected.has(personId)) this.#polling.set(personId, at + pollerStaysMs);
  }

  /** So many people are only with other processes; forgotten when nothing is heard for half a minute. */
  elsewhere(people: number, at: number): void {
    this.#elsewhere = { people, until: at + 30_000 };
  }

  /** Who is with this process. */
  people(at: number): string[] {
    for (const [personId, until] of this.#polling) if (until < at) this.#polling.delete(personId);
    return [...this.#connected.keys(), ...this.#polling.keys()];
  }

  /** How many people are with this process. */
  here(at: number): number {
    for (const [personId, until] of this.#polling) if (until < at) this.#polling.delete(personId);
    return this.#connected.size + this.#polling.size;
  }

  /** How many people are with any process. */
  everywhere(at: number): number {
    const { people, until } = this.#elsewhere;
    return this.here(at) + (until < at ? 0 : people);
  }
}
