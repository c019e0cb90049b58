import { fetchDelta, fetchPersonal, HttpRefusal, type Doors } from './doors.ts';
import type { Line } from './line.ts';
import type { Address, Counters, Delta, Outcome, Row } from './messages.ts';
import { unpack, unpacks } from './packed.ts';

/** What the page may honestly say: everything arrives, something is being fetched, nobody answers. */
export type State = 'live' | 'catching-up' | 'offline';

export interface RoomOptions extends Address {
  /** The revision of the rows the page was drawn with; 0 asks for everything. */
  since: number;
  /** Rows that are newer than what was given before; `gone` ones are to be taken away. */
  onRows(rows: Row[]): void;
  /** The latest counters; those that belong to rows come ahead of them, also ahead of the first rows. */
  onCounters(counters: Counters): void;
  onState(state: State): void;
  /** Rows only this person gets; without it they come through onRows. */
  onPersonal?(rows: Row[]): void;
  /** True when this person has rows of their own already; becomes true with their first action. */
  ownRows?: boolean;
  /** False for a page that nobody looks at for themselves, a projector: it does not count among the people. */
  counted?: boolean;
}

/** The acknowledgement of joining. */
interface Joined {
  /** Where the next delta begins. */
  revision: number;
  /** The newest change there is. */
  newest: number;
  counters?: Counters;
  spreadMs: number;
}

const pollEvery = 3_000;
const longestPause = 20_000;

/** One room as the page keeps it: its revision, and what is newer than what it has. */
export class Room {
  readonly #options: RoomOptions;
  readonly #doors: Doors;
  readonly #line: Line;
  /** What was given last of each row. */
  readonly #newest = new Map<string, Pick<Row, 'kind' | 'revision'>>();
  #revision: number;
  /** A delta began at this revision, so at least that far something is missing. */
  #needed = 0;
  /** What was missed, as it came with joining. */
  #packed: ArrayBuffer | undefined;
  #ownRows: boolean;
  #catching: Promise<void> | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: State | undefined;
  #left = false;

  constructor(options: RoomOptions, doors: Doors, line: Line) {
    this.#options = options;
    this.#doors = doors;
    this.#line = line;
    this.#revision = options.since;
    this.#ownRows = options.ownRows === true;
  }

  get revision(): number {
    return this.#revision;
  }

  /** True when the message is for this room; personal rows carry no audience. */
  isAt(address: Partial<Address>): boolean {
    const { kind, id, audience } = this.#options;
    return address.kind === kind && address.id === id && (address.audience ?? audience) === audience;
  }

  /** The line is up: takes its place in the room, and fetches what was missed. */
  async enter(): Promise<void> {
    const { kind, id, audience } = this.#options;
    try {
      const answer = (await this.#line.ask('join', {
        kind,
        id,
        audience,
        since: this.#revision,
        unpacks,
        counted: this.#options.counted !== false,
      })) as Outcome;
      if (!answer.ok) return this.#poll();
      const { revision, newest, spreadMs, counters } = answer.value as Joined;
      this.#line.spread(spreadMs);
      this.#stopPolling();
      this.#needed = Math.max(this.#needed, revision);
      if (this.#revision < this.#needed || this.#revision > newest) return await this.catchUp();
      if (this.#ownRows) void this.#fetchOwn();
      if (counters) this.#options.onCounters(counters);
      this.#tell('live');
    } catch {
      this.#poll();
    }
  }

  /** The line is down: asks over HTTP until it is up again. */
  lost(): void {
    if (this.#state === 'live') this.#tell('catching-up');
    this.#poll();
  }

  /** The network is gone. */
  cut(): void {
    this.#tell('offline');
  }

  /** Asks now for what was missed, and not when the pause is over. */
  retry(): void {
    this.#failures = 0;
    this.#stopPolling();
    if (!this.#line.connected) void this.catchUp();
  }

  /** Somebody acted here: from now on there may be rows for this person alone. */
  acted(): void {
    this.#ownRows = true;
    if (!this.#line.connected) void this.#fetchOwn();
  }

  /**
   * A delta, over whichever way. One that does not begin where we are leaves a gap, which is fetched whole: its rows
   * alone could bring back what went away in the gap. For the same reason one from before what we have is passed over.
   */
  take(delta: Delta): void {
    if (delta.to < this.#revision) return;
    if (delta.from > this.#revision) {
      this.#needed = Math.max(this.#needed, delta.to);
      void this.catchUp();
      return;
    }
    this.#give(delta);
    this.#revision = Math.max(this.#revision, delta.to);
  }

  /** What was missed, packed because it is much; comes ahead of the acknowledgement of joining. */
  takePacked(packed: ArrayBuffer): void {
    this.#packed = packed;
    void this.catchUp();
  }

  takePersonal(rows: Row[]): void {
    const fresh = this.#fresh(rows, 'own:');
    if (fresh.length === 0) return;
    if (this.#options.onPersonal) this.#options.onPersonal(fresh);
    else this.#options.onRows(fresh);
  }

  /** Fetches what was missed, until nothing is; without an answer it tries again, less and less often. */
  catchUp(): Promise<void> {
    this.#catching ??= this.#catchUp().finally(() => (this.#catching = undefined));
    return this.#catching;
  }

  async #catchUp(): Promise<void> {
    if (this.#left) return;
    if (this.#state !== 'offline' && this.#revision < this.#needed) this.#tell('catching-up');
    try {
      await this.#fetchMissed();
      this.#failures = 0;
      this.#tell('live');
    } catch (error) {
      this.#failed(error);
    }
    if (!this.#line.connected || this.#failures > 0) this.#poll();
  }

  leave(): void {
    this.#left = true;
    this.#stopPolling();
    const { kind, id, audience } = this.#options;
    if (this.#line.connected) this.#line.ask('leave', { kind, id, audience }).catch(() => undefined);
  }

  async #fetchMissed(): Promise<void> {
    if (this.#ownRows) void this.#fetchOwn();
    for (let round = 0; round < 6; round += 1) {
      const asked = this.#revision;
      const delta = (await this.#unpacked(asked)) ?? (await this.#asked(asked));
      if (delta.from === 0 && delta.to < asked) this.#startAgain(delta.to);
      this.#give(delta.from === 0 ? this.#whole(delta) : delta);
      this.#revision = Math.max(this.#revision, delta.to);
      if (this.#revision >= this.#needed) return;
      // An answer from a cache on the way can be a second old.
      await new Promise((resolve) => setTimeout(resolve, 150 + 300 * Math.random()));
    }
    throw new Error('the server does not give what it announced');
  }

  #asked(since: number): Promise<Delta> {
    const polling = !this.#line.connected && this.#options.counted !== false;
    return fetchDelta(this.#doors, this.#options, since, polling);
  }

  /** Undefined when nothing came with joining, or nothing that is of use now: then the page asks. */
  async #unpacked(since: number): Promise<Delta | undefined> {
    const packed = this.#packed;
    this.#packed = undefined;
    if (!packed) return undefined;
    const delta = await unpack<Delta>(packed).catch(() => undefined);
    return delta && delta.from <= since && delta.to >= since ? delta : undefined;
  }

  /** A snapshot leaves out what went away: whatever of it is still here has to go. */
  #whole(snapshot: Delta): Delta {
    const there = new Set(snapshot.rows.map(({ id }) => id));
    const gone = [...this.#newest]
      .filter(([id, { revision }]) => !id.startsWith('own:') && !there.has(id) && revision < snapshot.to)
      .map(([id, { kind }]): Row => ({ id, kind, revision: snapshot.to, gone: true }));
    return { ...snapshot, rows: [...snapshot.rows, ...gone] };
  }

  /** The server went back to an older state (a backup): what it says now is right. */
  #startAgain(revision: number): void {
    this.#newest.clear();
    this.#revision = revision;
    this.#needed = revision;
  }

  async #fetchOwn(): Promise<void> {
    try {
      this.takePersonal(await fetchPersonal(this.#doors, this.#options));
    } catch {
      // comes with the next catching up
    }
  }

  #failed(error: unknown): void {
    const { status } = error instanceof HttpRefusal ? error : { status: 0 };
    this.#failures += 1;
    this.#tell('offline');
    if (status === 403 || status === 404) this.#left = true; // no longer ours to see; asking on would not help
  }

  #give(delta: Delta): void {
    // Counters first: whoever draws the rows draws them with the votes they have, and in the order that follows from them
    if (Object.keys(delta.counters).length > 0) this.#options.onCounters(delta.counters);
    const fresh = this.#fresh(delta.rows, '');
    if (fresh.length > 0) this.#options.onRows(fresh);
  }

  #fresh(rows: Row[], prefix: string): Row[] {
    return rows.filter((row) => {
      const key = prefix + row.id;
      if ((this.#newest.get(key)?.revision ?? -1) >= row.revision) return false;
      this.#newest.set(key, { kind: row.kind, revision: row.revision });
      return true;
    });
  }

  #poll(): void {
    if (this.#timer !== undefined || this.#left) return;
    const pause = Math.min(pollEvery * 2 ** this.#failures, longestPause) * (0.7 + 0.6 * Math.random());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.catchUp();
    }, pause);
  }

  #stopPolling(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(state: State): void {
    if (this.#state === state || this.#left) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
