import { features } from './features.ts';
import { config } from './config.ts';
import { declareRooms, joinOthers } from './realtime.ts';
import { databaseReady } from './platform/database/connection.ts';
import { gauge } from './platform/metrics.ts';
import { queueDepth, startWorker, stopWorker } from './platform/queue/queue.ts';
import { removeUnusedUploads, scanUploads } from './platform/uploads/jobs.ts';

/** A running part of the program, and how it ends. */
export interface RunningRole {
  stop(): Promise<void>;
}

/** Seconds a running job gets to finish; what still runs then is run again at the next start. */
const grace = 20;

/** Begins to run every declared job in this process. */
export async function startWorkers(): Promise<RunningRole> {
  declareRooms(features);
  // Jobs change rooms, too: without sockets of its own this process still takes its numbers where the others do
  const part = config.roles.includes('web') ? undefined : joinOthers();
  const named = features.flatMap(({ namedFiles }) => namedFiles ?? []);
  await startWorker([removeUnusedUploads(named), scanUploads, ...features.flatMap((feature) => feature.jobs ?? [])]);
  measureQueue();
  return {
    stop: async () => {
      await stopWorker(grace);
      await part?.();
    },
  };
}

function measureQueue(): void {
  gauge('queue_jobs', 'Jobs in the queue of all processes', ['state'], async (made) => {
    // While the database is away the last count stands: /metrics must answer just then.
    const depth = databaseReady() ? await queueDepth().catch(() => null) : null;
    for (const [state, count] of Object.entries(depth ?? {})) made.set({ state }, count);
  });
}
