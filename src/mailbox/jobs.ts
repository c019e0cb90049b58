import { z } from 'zod';
import { now } from '../kernel/time.ts';
import { defineJob, enqueue, type Job } from '../platform/queue/queue.ts';
import { deliverOutbox } from './deliver.ts';
import { LetterModel } from './letterModel.ts';
import { sweepLetters } from './sweep.ts';

/** Brings away what is in the outbox of one letter. */
export const deliverLetter = defineJob({
  name: 'mailbox.deliver',
  input: z.object({ letterId: z.string() }),
  run: ({ letterId }) => deliverOutbox(letterId),
});

/** What a crash left behind, and what waited for a working day. */
export const deliverLeft = defineJob({
  name: 'mailbox.deliver-left',
  input: z.object({}),
  cron: '* * * * *',
  async run() {
    const due = await LetterModel.find({ outboxAt: { $lte: now(), $gt: new Date(0) } }, { _id: 1 })
      .limit(1000)
      .lean<{ _id: string }[]>();
    for (const { _id: letterId } of due) await enqueue(deliverLetter, { letterId });
  },
});

/** Reminders, cards, closing: every five minutes. */
export const sweep = defineJob({
  name: 'mailbox.sweep',
  input: z.object({}),
  cron: '*/5 * * * *',
  run: () => sweepLetters(),
});

export const jobs: readonly Job[] = [deliverLetter, deliverLeft, sweep] as readonly unknown[] as readonly Job[];
