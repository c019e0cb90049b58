import { readAgain, takeChange } from './changeRoom.ts';
import { takeCounters } from './countRoom.ts';
import { endHere } from './endPlaces.ts';
import type { News } from './peers.ts';
import { roomInMemory, roomUnderway, type LiveRoom } from './rooms.ts';

/** How long a number may be missing before the room is read again: its process may have died, milliseconds. */
const patienceMs = 2_000;

/**
 * Takes what another process tells of a room that is in memory here; other rooms are read when they are opened. What
 * comes while a room is being read waits until it is: it may have been written after it was read.
 */
export function hear(news: News): void {
  const room = roomInMemory(news.kind, news.id);
  if (room) return take(room, news);
  roomUnderway(news.kind, news.id)?.then(
    (opened) => opened && take(opened, news),
    () => undefined,
  );
}

function take(room: LiveRoom, news: News): void {
  if (news.type === 'counters') takeCounters(room, news.counters);
  else if (news.type === 'end') endHere(room, news.personId);
  else {
    noticeNumber(room, news.revision);
    if (news.type === 'change') takeChange(room, news.revision, news.change);
  }
}

/** Up to which number everything was heard, and what was heard beyond it. */
interface Heard {
  upTo: number;
  beyond: Set<number>;
  timer: NodeJS.Timeout | undefined;
}
const heard = new WeakMap<LiveRoom, Heard>();

/** Keeps book of the numbers of a room that is shared; one that stays out makes the room be read again. */
export function noticeNumber(room: LiveRoom, revision: number): void {
  let book = heard.get(room);
  if (!book) heard.set(room, (book = { upTo: room.applied, beyond: new Set(), timer: undefined }));
  if (revision > book.upTo) book.beyond.add(revision);
  advance(book);
  if (book.beyond.size > 0) book.timer ??= setTimeout(look, patienceMs, room, book, revision).unref();
}

function advance(book: Heard): void {
  while (book.beyond.delete(book.upTo + 1)) book.upTo += 1;
}

function look(room: LiveRoom, book: Heard, until: number): void {
  book.timer = undefined;
  if (book.upTo >= until) return;
  book.upTo = until;
  for (const revision of book.beyond) if (revision <= until) book.beyond.delete(revision);
  advance(book);
  void readAgain(room);
}
