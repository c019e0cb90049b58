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
import { wireOf, writeFrame } from './wire.ts';

/** What sockets need of the house. */
export interface ConnectionRules {
  actions: Readonly<Record<string, (actor: Actor, input: unknown) => Promise<unknown>>>;
  /** Whether the session a socket came with still exists. */
  sessionAlive(sessionId: string): Promise<boolean>;
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
});
const placesAtOnce = 8;
/** How long a socket that talks too much is not read, in milliseconds. */
const pauseMs = 1_000;

type Acknowledge = (answer: Answer) => void;
const nobodyListens: Acknowledge = () => undefined;

/** Serves one socket: `join` and `leave` rooms, `act`. Every message is acknowledged, refused ones too. */
export function serveConnection(
  socket: Socket,
  { actor, sessionId, stranger }: Person,
  address: string,
  rules: ConnectionRules,
): void {
  const places: Places = new Map();
  const wire = wireOf(socket);
  const member: Member = {
    personId: actor.id,
    send: (frame) => writeFrame(wire, frame),
    end: () => socket.disconnect(true),
  };

  const stillSignedIn = async () => {
    if (sessionId === undefined || (await rules.sessionAlive(sessionId))) return;
    setImmediate(() => socket.disconnect(true)); // after the acknowledgement
    throw unauthenticated();
  };
  const respond = async (acknowledge: unknown, action: string, run: (caller: Actor) => Promise<unknown>) => {
    const caller = { ...actor, requestId: newId() };
    const answer = await answerTo(
      actor.language,
      async () => {
        await stillSignedIn();
        return run(caller);
      },
      (error) => rules.onDefect(error, { requestId: caller.requestId, action }),
    );
    asAcknowledge(acknowledge)(answer);
  };

  keepPace(socket, actor);
  socket.on('join', (where: unknown, acknowledge: unknown) =>
    respond(acknowledge, 'join', (caller) => join(socket, places, member, caller, where)),
  );
  socket.on('leave', (where: unknown, acknowledge: unknown) =>
    respond(acknowledge, 'leave', async () => leave(places, where)),
  );
  socket.on('act', (name: unknown, input: unknown, acknowledge: unknown) =>
    respond(acknowledge, String(name).slice(0, 80), async (caller) => {
      const action = typeof name === 'string' && Object.hasOwn(rules.actions, name) ? rules.actions[name] : undefined;
      if (!action) throw notFound();
      if (stranger) throw unauthenticated('errors.no-device');
      await rules.countAct(actor.id, address);
      return action(caller, input);
    }),
  );
  socket.on('disconnect', () => leaveAll(places));
}

/** Places by key, entered or being entered: joining twice is joining once. */
type Places = Map<string, Promise<Place>>;
const keyOf = (where: z.infer<typeof place>) => `${where.kind}/${where.id}/${where.audience}`;

async function join(socket: Socket, places: Places, member: Member, actor: Actor, input: unknown) {
  const where = parse(place, input);
  const key = keyOf(where);
  if (!socket.connected) throw notFound();
  let entering = places.get(key);
  if (!entering) {
    if (places.size >= placesAtOnce) throw tooMany(60);
    entering = enterRoom(actor, member, where);
    places.set(key, entering);
    entering.catch(() => places.delete(key));
  }
  const { revision, newest, spreadMs, counters } = await entering;
  const upToDate = where.since >= revision;
  return { revision, newest, spreadMs, ...(upToDate && { counters }) };
}

function leave(places: Places, input: unknown): void {
  const key = keyOf(parse(place, input));
  void places.get(key)?.then((entered) => entered.leave());
  places.delete(key);
}

function leaveAll(places: Places): void {
  for (const entering of places.values()) {
    entering.then(
      (entered) => entered.leave(),
      () => undefined,
    );
  }
  places.clear();
}

/** Slows a socket that talks too much by not reading it for a while, so that nobody else waits for it; a flood ends it. */
function keepPace(socket: Socket, actor: Actor): void {
  const pace = freshPace(messagesPerSecond.value(), performance.now());
  let paused = false;
  socket.use((packet, next) => {
    const verdict = takeMessage(pace, messagesPerSecond.value(), performance.now());
    if (verdict === 'go') return next();
    if (verdict === 'end') return void socket.disconnect(true);
    asAcknowledge(packet.at(-1))(refused(actor.language, tooMany(1)));
    if (paused) return;
    paused = true;
    const wire = wireOf(socket);
    wire.pause();
    setTimeout(() => {
      paused = false;
      wire.resume();
    }, pauseMs).unref();
  });
}

function asAcknowledge(value: unknown): Acknowledge {
  return typeof value === 'function' ? (value as Acknowledge) : nobodyListens;
}
