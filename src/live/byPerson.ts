/** Things of persons, nearly always one each: a set is made only for somebody who has more. */
export class ByPerson<Thing extends object> {
  #things = new Map<string, Thing | Set<Thing>>();

  has(personId: string): boolean {
    return this.#things.has(personId);
  }

  /** What the person has now; a copy, so that it may change meanwhile. */
  of(personId: string): Thing[] {
    const there = this.#things.get(personId);
    if (there === undefined) return [];
    return there instanceof Set ? [...there] : [there];
  }

  count(personId: string): number {
    const there = this.#things.get(personId);
    if (there === undefined) return 0;
    return there instanceof Set ? there.size : 1;
  }

  add(personId: string, thing: Thing): void {
    const there = this.#things.get(personId);
    if (there === undefined) this.#things.set(personId, thing);
    else if (there instanceof Set) there.add(thing);
    else if (there !== thing) this.#things.set(personId, new Set([there, thing]));
  }

  remove(personId: string, thing: Thing): void {
    const there = this.#things.get(personId);
    if (there instanceof Set) {
      there.delete(thing);
      if (there.size === 0) this.#things.delete(personId);
    } else if (there === thing) this.#things.delete(personId);
  }
}
