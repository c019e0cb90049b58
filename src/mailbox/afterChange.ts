import { AsyncLocalStorage } from 'node:async_hooks';
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

/** After the write: tells who follows. The outbox is in the database already, so a failure here loses nothing. */
export async function afterChange(letter: Letter, hasMail: boolean): Promise<void> {
  for (const listener of listeners) listener(letter);
  if (hasMail && !past.getStore()) await deliver(letter._id).catch(() => undefined);
}
