import { z } from 'zod';
import { now } from '../kernel/time.ts';
import { groupWrites } from '../live/index.ts';
import { defineJob, enqueue, standBack, type Job } from '../platform/queue/queue.ts';
import { deliverOutbox, forgetDelivered } from './deliver.ts';
import { LetterModel } from './letterModel.ts';
import { sweepLetters } from './sweep.ts';

const atOnce = 50;

let turn: Promise<unknown> = Promise.resolve();

/** One letter at a time in this process, whatever waits: telling people must not slow down those who write. */
function inTurn(letterId: string): Promise<number> {
  const run = turn.then(standBack).then(() => deliverOutbox(letterId));
  turn = run.catch(() => undefined);
  return run;
}

/**
 * Brings away what is in the outboxes of some letters. What has left is not sent twice; a letter that cannot be told
 * about waits in its outbox for its next try, so only the database failing is a failure here.
 */
export const deliverLetters = defineJob({
  name: 'mailbox.deliver-letters',
  input: z.object({ letterIds: z.array(z.string()).max(atOnce) }),
  async run({ letterIds }) {
    const failures: unknown[] = [];
    for (const letterId of letterIds) await inTurn(letterId).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Some letters could not be brought away');
  },
});

/** As it was enqueued before letters were brought away together. */
const deliverLetter = defineJob({
  name: 'mailbox.deliver',
  input: z.object({ letterId: z.string() }),
  run: ({ letterId }) => deliverOutbox(letterId),
});

/** Sends for a letter's notices, together with those of others that changed in the same moment. */
export const sendFor = groupWrites<string, null>(
  async (letterIds) => {
    await enqueue(deliverLetters, { letterIds: [...new Set(letterIds)] });
    return letterIds.map(() => null);
  },
  { waitMs: 3, largest: atOnce },
);

/** What a crash left behind, and what waited for a working day. */
export const deliverLeft = defineJob({
  name: 'mailbox.deliver-left',
  input: z.object({}),
  cron: '* * * * *',
  async run() {
    const due = await LetterModel.find({ outboxAt: { $lte: now(), $gt: new Date(0) } }, { _id: 1 })
      .limit(1000)
      .lean<{ _id: string }[]>();
    await Promise.all(due.map(({ _id }) => sendFor(_id)));
    await forgetDelivered();
  },
});

/** Reminders, cards, closing: every five minutes. */
export const sweep = defineJob({
  name: 'mailbox.sweep',
  input: z.object({}),
  cron: '*/5 * * * *',
  run: () => sweepLetters(),
});

export const jobs: readonly Job[] = [
  deliverLetters,
  deliverLetter,
  deliverLeft,
  sweep,
] as readonly unknown[] as readonly Job[];
