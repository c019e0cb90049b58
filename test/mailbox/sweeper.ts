// A process that goes over the letters and brings their mails away, and is killed in the middle of it. Arguments: the
// database, the moment it is, and when it is killed: after which of its acts, the how many-th of them, and how many
// milliseconds later; without them it goes on to the end and tells its parent what a second look found.
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { setClock } from '../../src/kernel/time.ts';
import { onLetterChanged } from '../../src/mailbox/afterChange.ts';
import { deliverLeft } from '../../src/mailbox/jobs.ts';
import { mailbox } from '../../src/mailbox/index.ts';
import { sweepLetters } from '../../src/mailbox/sweep.ts';
import { useMailer } from '../../src/notification/deliver.ts';
import { notification } from '../../src/notification/index.ts';
import { pickUpMailsJob } from '../../src/notification/jobs.ts';
import { connectionOptions } from '../../src/platform/database/connection.ts';
import { shelfMailer } from '../../src/platform/mailer.ts';
import { mongoQueue } from '../../src/platform/queue/mongoQueue.ts';
import { enqueue, runDueJobs, startWorker, stopWorker, useQueue } from '../../src/platform/queue/queue.ts';
import { loadSettings } from '../../src/platform/settings.ts';

const [dbName = '', moment = '', what, times = '1', waitMs = '0'] = process.argv.slice(2);
const ahead = Date.parse(moment) - Date.now();
setClock(() => new Date(Date.now() + ahead));
await mongoose.connect(config.mongodbUri ?? '', { ...connectionOptions, dbName });
await loadSettings();

let done = 0;
/** Notes an act; it kills itself, for nobody else comes in time on a busy machine. */
function note(act: 'begin' | 'step' | 'mail'): void {
  if (act !== what || (done += 1) !== Number(times)) return;
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(waitMs));
}
onLetterChanged(() => note('step'));
const shelf = shelfMailer();
useMailer({
  close: () => undefined,
  send: async (letter) => {
    await shelf.send(letter);
    note('mail');
  },
});
const jobs = [mailbox, notification].flatMap((feature) => feature.jobs ?? []).filter(({ cron }) => !cron);
useQueue(mongoQueue({ leaseSeconds: 1 }));
await startWorker(jobs);
note('begin');
await sweepLetters();
if (what === undefined) {
  await stopWorker();
  const again = await sweepLetters();
  // Later on, the jobs of every minute and of every five find what is left
  setClock(() => new Date(Date.now() + ahead + 180_000));
  await new Promise((resolve) => setTimeout(resolve, 1_200)); // the leases of the dead run out
  for (const job of [deliverLeft, pickUpMailsJob]) await enqueue(job, {});
  await runDueJobs([...jobs, deliverLeft, pickUpMailsJob]);
  process.send?.(again);
  await mongoose.disconnect();
  process.disconnect();
}
