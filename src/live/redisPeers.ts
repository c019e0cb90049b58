import type { Redis } from 'ioredis';
import type { Server } from 'socket.io';
import { hear, noticeNumber } from './hear.ts';
import { usePeers, type News } from './peers.ts';
import { roomInMemory } from './rooms.ts';
import { sharePresence } from './sharedPresence.ts';

/** The next numbers above both the counter and what the asking process knows; a Redis that lost its data goes on from there. */
const nextNumbers = `local last = tonumber(redis.call('GET', KEYS[1]) or '0')
local first = math.max(last, tonumber(ARGV[1])) + 1
redis.call('SET', KEYS[1], first + tonumber(ARGV[2]) - 1, 'EX', 604800)
return first`;
/** Numbers may be committed out of order; catching up looks back this far. */
const overlap = 100;

/**
 * Joins this process with the others on one Redis: numbers come from there, changes and counters go to all over the
 * Socket.IO adapter. Gives the function that parts again.
 */
export function joinPeers(io: Server, redis: Redis): () => void {
  const tell = (news: News) => void io.serverSideEmit('live', news);
  usePeers({
    overlap,
    nextRevisions: async (kind, id, floor, count) =>
      Number(await redis.eval(nextNumbers, 1, `live:revision:${kind}/${id}`, floor, count)),
    tell: (news) => {
      const room = news.type === 'change' || news.type === 'unused' ? roomInMemory(news.kind, news.id) : undefined;
      if (room && 'revision' in news) noticeNumber(room, news.revision);
      tell(news);
    },
  });
  io.on('live', hear);
  const stopPresence = sharePresence(redis);
  return () => {
    stopPresence();
    usePeers();
  };
}
