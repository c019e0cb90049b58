import type { Socket } from 'socket.io';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { notFound, tooMany, unauthenticated } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { enterRoom, type Place } from '../enterRoom.ts';
import type { Member } from '../hall.ts';
import { messagesPerSecond } from '../settings.ts';
import { answerTo, refused, type Answer } from './answer.ts';
import { freshPace, takeMessage } from './pace.ts';
import { wireOf, writeFrame, writeTogether } from './wire.ts';

/** What sockets need of the house. */
export interface ConnectionRules {
  actions: Readonly<Record<string, (actor: Actor, input: unknown) => Promise<unknown>>>;
  /** Whether the session a socket came with still holds; `acting` is using it. */
  sessionAlive(sessionId: string, acting?: boolean): Promise<boolean>;
  /** Counts an act of this person from this address; throws 429 when there were too many. */
  countAct(personId: string, address: string): Promise<void>;
  onDefect(error: unknown, about: { requestId: string; action?: string }): void;
}

/** Who is behind a socket. */
export interface Person {
  actor: Actor;
  sessionId?: string;
  /** Came without a device that we know: may look, but not act, or every new socket would be a new voter. */
  stranger?: boolean;
}

const place = z.object({
  kind: z.string().max(40),
  id: z.string().max(40),
  audience: z.string().max(20),
  since: z.number().int().min(0).default(0),
  /** The page can undo gzip. */
  unpacks: z.boolean().default(false),
  /** False for a projector, which is nobody. */
  counted: z.boolean().default(true),
});
const placesAtOnce = 8;
/** How long a socket that talks too much is not read, in milliseconds. */
const pauseMs = 1_000;

type Acknowledge = (answer: Answer) => void;
const nobodyListens: Acknowledge = () => undefined;

/**
 * Serves one socket: `join` and `leave` rooms, `act`. Every message is acknowledged, refused ones too. One object a
 * socket instead of a closure for each message: there are ten thousand of them.
 */
export class Connection implements Member {
  readonly #socket: Socket;
  readonly #address: string;
  readonly #rules: ConnectionRules;
  readonly #pace = freshPace(messagesPerSecond.value(), performance.now());
  #places: Place[] = [];
  /** Rooms that are being entered: joining twice is joining once. */
  #entering: Map<string, Promise<Place>> | undefined;
  #paused = false;

  /** `socket.data` is the Person. */
  constructor(socket: Socket, address: string, rules: ConnectionRules) {
    this.#socket = socket;
    this.#address = address;
    this.#rules = rules;
    socket.use((message) => this.#hear(message)); // never goes on to listeners: there are none
  }

  get personId(): string {
    return this.#person.actor.id;
  }

  send(frame: Buffer): void {
    writeFrame(wireOf(this.#socket), frame);
  }

  end(): void {
    this.#socket.disconnect(true);
  }

  /** The socket is gone. */
  left(): void {
    for (const one of this.#places) one.leave();
    this.#places = [];
  }

  get #person(): Person {
    return this.#socket.data as Person;
  }

  #hear([event, ...rest]: unknown[]): void {
    const acknowledge = asAcknowledge(rest.at(-1));
    if (!this.#keepsPace(acknowledge)) return;
    const [first, second] = rest;
    if (event === 'join') void this.#respond(acknowledge, 'join', (caller) => this.#join(caller, first));
    else if (event === 'leave') void this.#respond(acknowledge, 'leave', async () => this.#leave(first));
    else if (event === 'act')
      void this.#respond(acknowledge, String(first).slice(0, 80), (caller) => this.#act(caller, first, second));
  }

  async #respond(acknowledge: Acknowledge, action: string, run: (caller: Actor) => Promise<unknown>): Promise<void> {
    const { actor } = this.#person;
    const caller = { ...actor, requestId: newId() };
    const answer = await answerTo(
      actor.language,
      async () => {
        await this.#stillSignedIn();
        return run(caller);
      },
      (error) => this.#rules.onDefect(error, { requestId: caller.requestId, action }),
    );
    acknowledge(answer);
  }

  async #stillSignedIn(): Promise<void> {
    const { sessionId } = this.#person;
    if (sessionId === undefined || (await this.#rules.sessionAlive(sessionId, true))) return;
    setImmediate(() => this.end()); // after the acknowledgement
    throw unauthenticated();
  }

  async #act(caller: Actor, name: unknown, input: unknown): Promise<unknown> {
    const { actions } = this.#rules;
    const action = typeof name === 'string' && Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) throw notFound();
    if (this.#person.stranger) throw unauthenticated('errors.no-device');
    await this.#rules.countAct(caller.id, this.#address);
    return action(caller, input);
  }

  async #join(caller: Actor, input: unknown) {
    const where = parse(place, input);
    if (!this.#socket.connected) throw notFound();
    const there = this.#places.find((one) => one.isAt(where)) ?? (await this.#enter(caller, where));
    const missed = await there.missed(where.since, where.unpacks);
    if (missed) {
      writeTogether(wireOf(this.#socket)._socket); // with the acknowledgement
      this.send(missed);
    }
    const { revision, newest, spreadMs, counters } = there;
    return { revision, newest, spreadMs, ...(where.since >= revision && { counters }) };
  }

  #enter(caller: Actor, where: z.output<typeof place>): Promise<Place> {
    const key = keyOf(where);
    const there = this.#entering?.get(key);
    if (there) return there;
    if (this.#places.length + (this.#entering?.size ?? 0) >= placesAtOnce) throw tooMany(60);
    const entering = this.#takePlace(caller, where).finally(() => this.#entering?.delete(key));
    this.#entering ??= new Map();
    this.#entering.set(key, entering);
    return entering;
  }

  async #takePlace(caller: Actor, where: z.output<typeof place>): Promise<Place> {
    const entered = await enterRoom(caller, this, where);
    if (this.#socket.connected) this.#places.push(entered);
    else entered.leave();
    return entered;
  }

  #leave(input: unknown): void {
    const where = parse(place, input);
    const go = () => {
      for (const one of this.#places) if (one.isAt(where)) one.leave();
      this.#places = this.#places.filter((one) => !one.isAt(where));
    };
    const entering = this.#entering?.get(keyOf(where));
    if (entering) entering.then(go, () => undefined);
    else go();
  }

  /** Slows a socket that talks too much by not reading it for a while, so that nobody else waits for it; a flood ends it. */
  #keepsPace(acknowledge: Acknowledge): boolean {
    const verdict = takeMessage(this.#pace, messagesPerSecond.value(), performance.now());
    if (verdict === 'go') return true;
    if (verdict === 'end') this.end();
    else {
      acknowledge(refused(this.#person.actor.language, tooMany(1)));
      this.#pause();
    }
    return false;
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    const wire = wireOf(this.#socket);
    wire.pause();
    setTimeout(() => {
      this.#paused = false;
      wire.resume();
    }, pauseMs).unref();
  }
}

const keyOf = (where: z.output<typeof place>) => `${where.kind}/${where.id}/${where.audience}`;

function asAcknowledge(value: unknown): Acknowledge {
  return typeof value === 'function' ? (value as Acknowledge) : nobodyListens;
}
