import type { Actor } from '../kernel/actor.ts';
import type { Doer } from './trailRecord.ts';

/** Who did it, as the trail keeps it. A citizen stands without a name. */
export function doerOf(actor: Actor): Doer {
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.id, name: actor.name };
  if (actor.kind === 'system') return { kind: 'system', id: 'system', name: '' };
  return { kind: 'writer', id: actor.kind === 'citizen' ? actor.id : '', name: '' };
}
