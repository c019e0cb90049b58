/** Someone who polls counts for this long after their last question. */
const pollerStaysMs = 20_000;

/** Who is in a room: people, not tabs, whether they hold a socket or poll. */
export class Presence {
  #connected = new Map<string, number>();
  #polling = new Map<string, number>();
  #elsewhere = new Map<string, { online: number; until: number }>();

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

  /** Another process told how many people it has; forgotten when it stays silent for half a minute. */
  told(processId: string, online: number, at: number): void {
    this.#elsewhere.set(processId, { online, until: at + 30_000 });
  }

  /** People in this process. */
  here(at: number): number {
    for (const [personId, until] of this.#polling) if (until < at) this.#polling.delete(personId);
    return this.#connected.size + this.#polling.size;
  }

  /** People in all processes. */
  everywhere(at: number): number {
    let online = this.here(at);
    for (const [processId, told] of this.#elsewhere) {
      if (told.until < at) this.#elsewhere.delete(processId);
      else online += told.online;
    }
    return online;
  }
}
