import { bullQueue } from './bullQueue.ts';
import { useQueue } from './queue.ts';

/** Chooses the queue of this process: Bull where there is a Redis, otherwise the one in MongoDB. */
export function openQueue(redisUrl: string | null | undefined): void {
  if (redisUrl) useQueue(bullQueue(redisUrl));
}
