import { now } from '../kernel/time.ts';
import { ByPerson } from './byPerson.ts';
import { takeValues } from './counters.ts';
import type { Hall, Member, Part } from './hall.ts';
import { takeRow } from './hall.ts';
import { News, type Clock } from './news.ts';
import { Presence } from './presence.ts';
import { PreparedAnswers } from './prepared.ts';
import {
  roomDefinition,
  type Audience,
  type Counters,
  type LoadedRoom,
  type Row,
  type RoomDefinition,
} from './room.ts';

/** A room held in memory while somebody uses it. */
export interface LiveRoom {
  readonly definition: RoomDefinition;
  readonly id: string;
  readonly halls: ReadonlyMap<Audience, Hall>;
  readonly presence: Presence;
  /** Connections by person, for rows only they may see. */
  readonly persons: ByPerson<Member>;
  /** Rows for single persons since the last beat. */
  readonly personal: Map<string, Map<string, Row>>;
  /** Goes on by one with everything that is new here. */
  readonly clock: Clock;
  readonly counters: Counters;
  readonly counterNews: News;
  /** The revision of the newest change that was made. */
  applied: number;
  /** The highest number given out, whether its change was made or failed. */
  issued: number;
  /** The end of the line of changes. */
  tail: Promise<unknown>;
  waiting: number;
  usedAt: number;
  timer: NodeJS.Timeout | undefined;
  presenceTimer: NodeJS.Timeout | undefined;
  sending: boolean;
  /** When the last beat began, and how long the last ones took on average, in milliseconds of the process clock. */
  beatAt: number;
  beatTook: number;
}

const idleMs = 300_000;
const rooms = new Map<string, Promise<LiveRoom | null>>();
const opened = new Map<string, LiveRoom>();
let sweeper: NodeJS.Timeout | undefined;

const keyOf = (kind: string, id: string) => `${kind}/${id}`;

/** Gives the room, read from the database by the first who asks; null when there is none. */
export function openRoom(kind: string, id: string): Promise<LiveRoom | null> {
  const key = keyOf(kind, id);
  const there = opened.get(key);
  if (there) there.usedAt = performance.now();
  let room = rooms.get(key);
  if (!room) {
    room = load(kind, id);
    rooms.set(key, room);
    room.then(
      (loaded) => loaded ?? rooms.delete(key),
      () => rooms.delete(key),
    );
  }
  return room;
}

/** The room when it is in memory already. */
export function roomInMemory(kind: string, id: string): LiveRoom | undefined {
  return opened.get(keyOf(kind, id));
}

/** The room while it is being read; undefined when nobody has asked for it. */
export function roomUnderway(kind: string, id: string): Promise<LiveRoom | null> | undefined {
  return rooms.get(keyOf(kind, id));
}

/** All rooms in memory. */
export function roomsInMemory(): IterableIterator<LiveRoom> {
  return opened.values();
}

/** Drops every room from memory, as a restart does. For tests. */
export function forgetRooms(): void {
  for (const room of opened.values()) stopTimers(room);
  rooms.clear();
  opened.clear();
  clearInterval(sweeper);
  sweeper = undefined;
}

async function load(kind: string, id: string): Promise<LiveRoom | null> {
  const definition = roomDefinition(kind);
  const loaded = await definition?.load(id);
  if (!definition || !loaded) return null;
  const room = emptyRoom(definition, id, loaded);
  for (const hall of room.halls.values()) {
    for (const row of loaded.rows[hall.audience] ?? []) takeRow(hall, row);
  }
  countRows(room);
  forgetTold(room); // nobody is here yet who would have to be told
  opened.set(keyOf(kind, id), room);
  sweeper ??= setInterval(sweep, 60_000).unref();
  return room;
}

function emptyRoom(definition: RoomDefinition, id: string, { revision, counters }: LoadedRoom): LiveRoom {
  const clock = { count: 0 };
  return {
    definition,
    id,
    halls: new Map(definition.audiences.map((audience) => [audience, emptyHall(definition, audience, clock)])),
    presence: new Presence(),
    persons: new ByPerson(),
    personal: new Map(),
    clock,
    counters: { online: 0, ...counters },
    counterNews: new News(clock),
    applied: revision,
    issued: revision,
    tail: Promise.resolve(),
    waiting: 0,
    usedAt: performance.now(),
    timer: undefined,
    presenceTimer: undefined,
    sending: false,
    beatAt: -Infinity,
    beatTook: 0,
  };
}

/** Brings the counters that follow from rows up to date; those that changed go with the next beat. */
export function countRows(room: LiveRoom): void {
  const { tally } = room.definition;
  const sorts = tally && room.halls.get(tally.audience)?.sorts;
  if (!sorts) return;
  const count = (...wanted: string[]) => wanted.reduce((sum, sort) => sum + (sorts.get(sort) ?? 0), 0);
  takeValues(room, tally.counters(count));
}

/** All parts of all audiences. */
export function* partsOf(room: LiveRoom): Generator<Part> {
  for (const hall of room.halls.values()) yield* hall.parts;
}

/** Lets go of what every part of the room was told, and of parts that everybody left. */
export function forgetTold(room: LiveRoom): void {
  let told = room.clock.count;
  for (const hall of room.halls.values()) {
    hall.parts = hall.parts.filter(({ members }) => members.size > 0);
    for (const { seen } of hall.parts) told = Math.min(told, seen);
  }
  for (const hall of room.halls.values()) hall.news.forget(told);
  room.counterNews.forget(told);
}

function emptyHall({ tally }: RoomDefinition, audience: Audience, clock: Clock): Hall {
  return {
    audience,
    tally: tally?.audience === audience ? tally : undefined,
    sorts: new Map(),
    rows: new Map(),
    news: new News(clock),
    parts: [],
    answers: new PreparedAnswers(),
  };
}

function sweep(): void {
  const before = performance.now() - idleMs;
  for (const [key, room] of opened) {
    if (room.usedAt > before || room.waiting > 0 || isInUse(room)) continue;
    stopTimers(room);
    opened.delete(key);
    rooms.delete(key);
  }
}

/** Somebody is there, counted or not. */
function isInUse(room: LiveRoom): boolean {
  return room.presence.here(now().getTime()) > 0 || [...partsOf(room)].some(({ members }) => members.size > 0);
}

function stopTimers(room: LiveRoom): void {
  clearTimeout(room.timer);
  clearTimeout(room.presenceTimer);
}
