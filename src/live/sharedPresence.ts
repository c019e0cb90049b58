import { hash } from 'node:crypto';
import { setImmediate as air } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { now } from '../kernel/time.ts';
import { wakeForPresence } from './beat.ts';
import { roomsInMemory, type LiveRoom } from './rooms.ts';

/** How often each process says who is with it, and for how long that holds, in milliseconds. */
const everyMs = 3_000;
const holdsMs = 10_000;
/** People named in one command. */
const part = 1_000;

/** A set of people by the moment until which somebody vouches for them: those who are late are taken out and the rest counted. */
const countAll = `redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])`;

/** Nobody needs to know who it is: enough of a hash to tell people apart. */
const nameless = (personId: string) => hash('sha256', personId, 'base64url').slice(0, 12);

/**
 * Counts people over all processes on one Redis: who is with two of them counts once, and the people of a process that
 * was killed are forgotten after ten seconds. Gives the function that ends it.
 */
export function sharePresence(redis: Redis): () => void {
  const told = new WeakMap<LiveRoom, Set<string>>();
  let telling = false;

  async function tellAll(): Promise<void> {
    if (telling) return;
    telling = true;
    try {
      for (const room of roomsInMemory()) await tell(room);
    } catch {
      // Redis is away: each process shows what it heard last, then its own people.
    } finally {
      telling = false;
    }
  }

  async function tell(room: LiveRoom): Promise<void> {
    const before = told.get(room) ?? new Set<string>();
    const here = new Set(room.presence.people(now().getTime()).map(nameless));
    const key = `live:people:${room.definition.kind}/${room.id}`;
    const until = Date.now() + holdsMs;
    const gone = [...before].filter((name) => !here.has(name));
    for (const names of parts(gone)) await redis.zrem(key, ...names);
    for (const names of parts([...here])) {
      await redis.zadd(key, ...names.flatMap((name) => [until, name]));
      await air();
    }
    told.set(room, here);
    const all = Number(await redis.eval(countAll, 1, key, Date.now(), 2 * holdsMs));
    room.presence.elsewhere(Math.max(0, all - here.size), now().getTime());
    wakeForPresence(room);
  }

  const timer = setInterval(() => void tellAll(), everyMs).unref();
  return () => clearInterval(timer);
}

function* parts(names: readonly string[]): Generator<string[]> {
  for (let from = 0; from < names.length; from += part) yield names.slice(from, from + part);
}
