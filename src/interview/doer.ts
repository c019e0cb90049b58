import type { Actor } from '../kernel/actor.ts';
import { now } from '../kernel/time.ts';
import type { Doer, TrailEntry } from './interviewModel.ts';

/** Who did it, as the trail keeps it. */
export function doerOf(actor: Actor): Doer {
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.id, name: actor.name };
  if (actor.kind === 'system') return { kind: 'system', id: 'system', name: '' };
  return { kind: actor.kind, id: actor.id, name: actor.nickname ?? '' };
}

/** A line of the trail, now. */
export function trailEntry(
  actor: Actor,
  verb: string,
  more: Pick<TrailEntry, 'from' | 'to' | 'note'> = {},
): TrailEntry {
  return { verb, by: doerOf(actor), at: now(), ...more };
}
