import type { Actor } from '../kernel/actor.ts';
import { partiesOf } from './policy.ts';
import type { Letter } from './record.ts';
import { samplesWith } from './resurveySample.ts';

/** Why somebody may look at who wrote: it is their part, or they call for a re-survey; null when they may not. */
export type RevealBasis = { kind: 'part' } | { kind: 'resurvey'; sample: string } | null;

/**
 * Name and address of the writer are for those who must reach them: clerks, handlers, heads. Supervisors need them only
 * for letters that were drawn into a telephone re-survey, and say why. Assistants and administrators never do.
 */
export async function revealBasis(actor: Actor, letter: Letter): Promise<RevealBasis> {
  const parties = partiesOf(actor, letter);
  if (parties.has('clerk') || parties.has('handler') || parties.has('head')) return { kind: 'part' };
  if (!parties.has('supervisor')) return null;
  const sample = (await samplesWith(letter._id)).at(-1);
  return sample ? { kind: 'resurvey', sample } : null;
}
