import type { Redis } from 'ioredis';
import type { Server } from 'socket.io';
import { now } from '../kernel/time.ts';
import { newId } from '../kernel/id.ts';
import { hear, noticeNumber } from './hear.ts';
import { usePeers, type News } from './peers.ts';
import { roomInMemory, roomsInMemory } from './rooms.ts';

/** The next number above both the counter and what the asking process knows; a Redis that lost its data goes on from there. */
const nextNumber = `local last = tonumber(redis.call('GET', KEYS[1]) or '0')
local next = math.max(last, tonumber(ARGV[1])) + 1
redis.call('SET', KEYS[1], next, 'EX', 604800)
return next`;
/** Numbers may be committed out of order; catching up looks back this far. */
const overlap = 100;
const tellPeopleEvery = 5_000;

/**
 * Joins this process with the others on one Redis: numbers come from there, changes and counters go to all over the
 * Socket.IO adapter. Gives the function that parts again.
 */
export function joinPeers(io: Server, redis: Redis): () => void {
  const processId = newId();
  const tell = (news: News) => void io.serverSideEmit('live', news);
  usePeers({
    overlap,
    nextRevision: async (kind, id, floor) =>
      Number(await redis.eval(nextNumber, 1, `live:revision:${kind}/${id}`, floor)),
    tell: (news) => {
      const room = news.type === 'change' || news.type === 'unused' ? roomInMemory(news.kind, news.id) : undefined;
      if (room && 'revision' in news) noticeNumber(room, news.revision);
      tell(news);
    },
  });
  io.on('live', (news: News) => hear(news, now().getTime()));
  const people = setInterval(() => {
    for (const { definition, id, presence } of roomsInMemory()) {
      const online = presence.here(now().getTime());
      tell({ type: 'online', kind: definition.kind, id, from: processId, online });
    }
  }, tellPeopleEvery).unref();
  return () => {
    clearInterval(people);
    usePeers();
  };
}
