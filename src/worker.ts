import { features } from './features.ts';
import { declareRooms } from './realtime.ts';
import { closeQueue, startWorker, stopWorker } from './platform/queue/queue.ts';

/** A running part of the program, and how it ends. */
export interface RunningRole {
  stop(): Promise<void>;
}

/** Seconds a running job gets to finish; what still runs then is run again at the next start. */
const grace = 20;

/** Begins to run every declared job in this process. */
export async function startWorkers(): Promise<RunningRole> {
  declareRooms(features);
  await startWorker(features.flatMap((feature) => feature.jobs ?? []));
  return {
    async stop() {
      await stopWorker(grace);
      await closeQueue();
    },
  };
}
