import type { Change, Counters } from './room.ts';

/** What processes that share a room tell each other. */
export type News =
  | { type: 'change'; kind: string; id: string; revision: number; change: Change }
  /** A number whose change was refused. */
  | { type: 'unused'; kind: string; id: string; revision: number }
  | { type: 'counters'; kind: string; id: string; counters: Counters }
  /** What a person may do in a room changed. */
  | { type: 'end'; kind: string; id: string; personId: string };

/** The other processes that serve the same rooms. */
export interface Peers {
  /** Revisions may reach this process slightly out of order: catching up overlaps by this many. */
  readonly overlap: number;
  /** The first of the next `count` numbers of a room, above `floor` and never given twice by any process. */
  nextRevisions(kind: string, id: string, floor: number, count: number): Promise<number> | number;
  tell(news: News): void;
}

/** One process alone: numbers come from memory and there is nobody to tell. */
export const nobody: Peers = {
  overlap: 0,
  nextRevisions: (_kind, _id, floor) => floor + 1,
  tell: () => undefined,
};

let current: Peers = nobody;

/** The peers of this process. */
export function peers(): Peers {
  return current;
}

/** Connects this process with others; without an argument it is alone again. */
export function usePeers(next: Peers = nobody): void {
  current = next;
}
