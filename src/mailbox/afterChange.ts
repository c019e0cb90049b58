import { AsyncLocalStorage } from 'node:async_hooks';
import { inBackground } from '../platform/queue/queue.ts';
import type { Letter } from './record.ts';

type Listener = (letter: Letter) => void;
const listeners: Listener[] = [];
let deliver: (letterId: string) => Promise<unknown> = async () => undefined;

/** What follows the letters in this process: search index, suggestions. Other processes follow by `changedAt`. */
export function onLetterChanged(listener: Listener): void {
  listeners.push(listener);
}
/** How a filled outbox is brought on its way; given by the feature when it is assembled. */
export function deliverWith(run: typeof deliver): void {
  deliver = run;
}

const past = new AsyncLocalStorage<true>();
/** Runs what is told of the past: nobody is sent for the notices, which stay in the outbox of the letter. */
export const withoutDelivery = <Result>(run: () => Promise<Result>): Promise<Result> => past.run(true, run);

/**
 * After the write: tells who follows, and sends for the notices, which nobody waits for: they are in the database
 * already, and what a crash leaves there is found a minute later.
 */
export function afterChange(letter: Letter, hasMail: boolean): void {
  for (const listener of listeners) listener(letter);
  if (hasMail && !past.getStore()) inBackground(deliver(letter._id));
}
