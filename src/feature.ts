import type { Router } from 'express';
import type { Actor } from './kernel/actor.ts';
import type { RoomDefinition } from './live/index.ts';
import type { Job } from './platform/queue/job.ts';
import type { NamedFiles } from './platform/uploads/jobs.ts';
import type { Mine } from './web/mine.ts';

/** An entry of the header (public) or of the office's side bar. */
export interface NavigationItem {
  area: 'public' | 'office';
  /** Message key of the words on it. */
  key: string;
  href: string;
  order: number;
  /** Absent means everyone who sees the area. */
  allowed?: (actor: Actor) => boolean;
}

/** A verb that may be called over a socket: same (actor, input) as everywhere. */
export type SocketAction = (actor: Actor, input: unknown) => Promise<unknown>;

/** Anything that can make its own indexes; every Mongoose model can. */
export interface Indexed {
  readonly modelName: string;
  createIndexes(): Promise<unknown>;
}

/** One feature, complete in one place: what the assembly needs to know of it and nothing more. */
export interface Feature {
  name: string;
  models?: readonly Indexed[];
  /** Puts right what an older version left in the database; before the first request, at every start. */
  prepare?(): Promise<void>;
  /** Run by the workers. */
  jobs?: readonly Job[];
  /** Mounted at `/`. */
  pages?: Router;
  /** Mounted at `/` before cookies, sessions and the check of forms: for what other machines call. */
  hooks?: Router;
  /** Mounted at `/office`, behind sign-in. */
  office?: Router;
  /** Mounted at `/api/v1`. */
  api?: Router;
  /** Live rooms. */
  rooms?: readonly RoomDefinition[];
  socketActions?: Readonly<Record<string, SocketAction>>;
  navigation?: readonly NavigationItem[];
  /** What somebody has going with this feature, for their account page. */
  mine?: Mine;
  /** Which uploaded files its records name; they are kept, and get their place if a crash came in between. */
  namedFiles?: NamedFiles;
}
