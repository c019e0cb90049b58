import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Answer, type Delta, type Listener } from './client.ts';
import type { Invitation } from './door.ts';
import { passHeader } from './passHeader.ts';
import { crowdQuestion } from './words.ts';

/** People of one crowd who come in a second. */
const comeASecond = 100;
/** Each does something about so often, in seconds: a human pace. */
const restSeconds = 60;
/** The whole crowd asks so often, in seconds: more than a screener can read helps nobody to see anything. */
const asksEvery = { few: 30, many: 6 };

/** How a crowd is doing. */
export interface Doing {
  inRoom: number;
  supports: number;
  questions: number;
  refused: number;
  /** The sentence of the last refusal. */
  why: string;
  /** How many the room itself counts. */
  online: number;
}

/** A crowd of simulated citizens in one room: they come, watch, support and ask at a human pace, and leave together. */
export class Crowd {
  readonly doing: Doing = { inRoom: 0, supports: 0, questions: 0, refused: 0, why: '', online: 0 };
  readonly #room: Invitation['room'];
  readonly #people: Client[];
  readonly #open = new Map<string, string>();
  readonly #supported = new Map<Client, Set<string>>();
  readonly #sent = new Map<string, 'supports' | 'questions'>();
  #asked = Math.floor(Math.random() * 10_000);
  #staying = true;

  constructor({ room, pass, cookies }: Invitation, port: number) {
    this.#room = room;
    const target = { port, roomId: room.id, oneAddress: true, headers: { [passHeader]: pass } };
    const listener: Listener = {
      received: (_client, delta) => this.#hear(delta),
      acknowledged: (client, number, answer) => this.#learn(`${client.index}/${number}`, answer),
      closed: (client) => void this.#comeBack(client),
    };
    this.#people = cookies.map((cookie, index) => new Client(index, target, 0, listener, cookie));
  }

  /** Everybody comes, a hundred a second, and does what people do until `leave()`. */
  async come(): Promise<void> {
    const acting = Promise.all([this.#supportNowAndThen(), this.#askNowAndThen()]);
    for (const [index, person] of this.#people.entries()) {
      if (!this.#staying) break;
      void person.join().catch(() => undefined); // whoever is not let in comes back by `closed`
      if (index % 10 === 9) await sleep(10_000 / comeASecond);
    }
    await acting;
  }

  leave(): void {
    this.#staying = false;
    for (const person of this.#people) person.drop();
  }

  /** Looks who is there, for the line in the terminal. */
  count(): Doing {
    this.doing.inRoom = this.#people.filter(({ joined }) => joined).length;
    return this.doing;
  }

  async #comeBack(person: Client): Promise<void> {
    await sleep(2_000 + Math.random() * 8_000, undefined, { ref: false });
    if (this.#staying && !person.joined) await person.join().catch(() => undefined);
  }

  #hear({ rows, counters }: Delta): void {
    for (const { id, kind, state, gone } of rows as { id: string; kind: string; state?: string; gone?: true }[]) {
      if (kind !== 'question') continue;
      if (gone) this.#open.delete(id);
      else this.#open.set(id, state ?? '');
    }
    if (typeof counters?.['online'] === 'number') this.doing.online = counters['online'];
  }

  #learn(key: string, answer: Answer): void {
    const what = this.#sent.get(key);
    this.#sent.delete(key);
    if (!what) return;
    if (answer.ok) this.doing[what] += 1;
    else this.doing.refused += 1;
    if (!answer.ok) this.doing.why = answer.error?.message ?? '';
  }

  #someone(): Client | undefined {
    const person = this.#people[Math.floor(Math.random() * this.#people.length)];
    return person?.joined ? person : undefined;
  }

  async #supportNowAndThen(): Promise<void> {
    const beat = 200;
    let due = 0;
    for (; this.#staying; await sleep(beat, undefined, { ref: false })) {
      due += (this.#people.length / restSeconds) * (beat / 1_000);
      for (; due >= 1; due -= 1) this.#support();
    }
  }

  /** Somebody supports a question they have not supported yet: more often a new one, and each has its own luck. */
  #support(): void {
    const person = this.#someone();
    const ids = [...this.#open.keys()];
    const questionId = ids[ids.length - 1 - Math.floor(Math.random() ** 2 * ids.length)];
    if (!person || !questionId || Math.random() > appeal(questionId)) return;
    const own = this.#supported.get(person) ?? new Set();
    if (own.has(questionId)) return;
    this.#supported.set(person, own.add(questionId));
    this.#send(person, 'interview.support', { questionId }, 'supports');
  }

  async #askNowAndThen(): Promise<void> {
    const every = this.#people.length >= 500 ? asksEvery.many : asksEvery.few;
    while (this.#staying) {
      await sleep(every * (0.5 + Math.random()) * 1_000, undefined, { ref: false });
      const person = this.#someone();
      if (!person || !this.#staying) continue;
      this.#asked += 1;
      const text = crowdQuestion(this.#asked, this.#room.topic, this.#room.live);
      this.#send(person, 'interview.ask', { text, formKey: randomBytes(12).toString('hex') }, 'questions');
    }
  }

  #send(person: Client, name: string, input: object, what: 'supports' | 'questions'): void {
    const number = person.act(name, { ...input, interviewId: this.#room.id });
    if (number > 0) this.#sent.set(`${person.index}/${number}`, what);
  }
}

/** How much a question appeals to people, from a fifth to one: the same for everybody. */
function appeal(questionId: string): number {
  let sum = 0;
  for (const letter of questionId) sum = (sum * 31 + letter.charCodeAt(0)) % 997;
  return 0.2 + (0.8 * sum) / 997;
}
