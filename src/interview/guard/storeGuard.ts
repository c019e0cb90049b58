import type { Actor } from '../../kernel/actor.ts';
import { trailEntry } from '../doer.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview } from '../interviewModel.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';
import { endGuardLater } from './endGuard.ts';
import { isInForce, type Guard } from './guard.ts';

/** Puts a guard on a room, or takes it off, and tells the desks; a rate never goes against somebody's hand. */
export async function storeGuard(actor: Actor, interviewId: string, guard: Guard): Promise<void> {
  await inRoom(interviewId, async (fresh, revision) => {
    if (!guard.byHand && isInForce(fresh.guard)) return {};
    const changed = { guard, phaseRevision: revision };
    await changeInterview(interviewId, {
      from: statesOpenTo('support'),
      set: changed,
      trail: trailEntry(actor, guard.on ? 'guard' : 'unguard'),
      refusedKey: 'interview-guard.over',
    });
    return everyone([phaseRow({ ...fresh, ...changed })]);
  });
  if (guard.until) await endGuardLater(interviewId, guard.until);
}
