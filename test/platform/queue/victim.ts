// A worker process that is killed in the middle of a job. Arguments: queue (`mongo` or `redis`), its address, an optional database.
import mongoose from 'mongoose';
import { z } from 'zod';
import { bullQueue } from '../../../src/platform/queue/bullQueue.ts';
import { defineJob } from '../../../src/platform/queue/job.ts';
import { mongoQueue } from '../../../src/platform/queue/mongoQueue.ts';
import { startWorker, useQueue } from '../../../src/platform/queue/queue.ts';

const [kind, address = '', dbName = ''] = process.argv.slice(2);
if (kind === 'mongo') {
  await mongoose.connect(address, { dbName });
  useQueue(mongoQueue({ leaseSeconds: 1 }));
} else {
  useQueue(bullQueue(address, { leaseSeconds: 1 }));
}

/** Says that it has begun and never ends by itself. */
const endless = defineJob({
  name: 'test.victim',
  input: z.object({ id: z.string() }),
  attempts: 2,
  backoffSeconds: 0.05,
  run: async ({ id }) => {
    process.stdout.write(`begun ${id}\n`);
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  },
});
await startWorker([endless]);
process.stdout.write('ready\n');
