import mongoose from 'mongoose';
import { cityMoment } from '../kernel/calendar.ts';
import { letterFacts, letterFactsSince } from '../mailbox/index.ts';
import { nextMonth, type Months } from './measures.ts';
import { openRow, type OpenRow } from './row.ts';

/** Clocks of two processes may differ, and a write may become visible later than its moment: so much is read twice. */
const overlapMs = 10_000;

/** The rows of the months somebody has asked for so far. Each letter is read once, and again when it changed. */
class LetterRows {
  private readonly rows = new Map<string, OpenRow>();
  private known: Months | null = null;
  private since = new Date();
  private turn: Promise<unknown> = Promise.resolve();

  /** All rows, among them every one that counts in these months, as they stand now; one reader after the other. */
  upToDate(months: Months): Promise<Iterable<OpenRow>> {
    const run = this.turn.then(() => this.read(months));
    this.turn = run.catch(() => undefined);
    return run;
  }

  private async read({ from, until }: Months): Promise<Iterable<OpenRow>> {
    const begun = new Date();
    if (!this.known) {
      await this.take(from, until);
      this.known = { from, until };
    } else {
      for (const facts of await letterFactsSince(new Date(this.since.getTime() - overlapMs)))
        this.rows.set(facts.id, openRow(facts));
      const { known } = this;
      if (from < known.from) await this.take(from, nextMonth(known.from, -1));
      if (until > known.until) await this.take(nextMonth(known.until), until);
      this.known = { from: from < known.from ? from : known.from, until: until > known.until ? until : known.until };
    }
    this.since = begun;
    return this.rows.values();
  }

  private async take(from: string, until: string): Promise<void> {
    const [first, end] = [cityMoment(`${from}-01`, '00:00'), cityMoment(`${nextMonth(until)}-01`, '00:00')];
    for (const facts of await letterFacts(first, end)) this.rows.set(facts.id, openRow(facts));
  }
}

const stores = new Map<string, LetterRows>();

/** The rows of the city this process works for. */
export function letterRows(): LetterRows {
  const database = mongoose.connection.name;
  const store = stores.get(database) ?? new LetterRows();
  stores.clear();
  stores.set(database, store);
  return store;
}
