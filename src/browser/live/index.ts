import { openLive, type Live } from './live.ts';
import type { Outcome } from './messages.ts';
import type { RoomOptions } from './room.ts';

export type { Counters, Outcome, Row } from './messages.ts';
export type { RoomOptions, State } from './room.ts';

let live: Live | undefined;

function ofThisPage(): Live {
  if (live) return live;
  const opened = openLive({
    origin: '',
    csrfToken: () => document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '',
    fetch: (...request) => fetch(...request),
  });
  addEventListener('offline', () => opened.cut());
  addEventListener('online', () => opened.retry());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') opened.hurry();
  });
  live = opened;
  return opened;
}

/** Joins a room and keeps it up to date as long as the page is open; gives the function that leaves it. */
export function joinRoom(options: RoomOptions): () => void {
  return ofThisPage().joinRoom(options);
}

/** Connects now; for somebody who reads that the network is gone and knows better. */
export function reconnect(): void {
  ofThisPage().retry();
}

/** Does an action (`'interview.support'`); the outcome is a value or a sentence for the person. Never throws. */
export function act(name: string, input: unknown): Promise<Outcome> {
  return ofThisPage().act(name, input);
}
