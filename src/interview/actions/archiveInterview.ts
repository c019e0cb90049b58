import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { findInterview } from '../interviewModel.ts';
import { canOrganise } from '../policy.ts';
import { guestChecks } from '../record/checkStates.ts';
import { checkBeforeArchive } from '../settings.ts';
import { moveInterview, whichInterview } from './moveInterview.ts';

/**
 * An organiser publishes the finished record 归档; from here on nothing changes. Where the setting says so, every guest
 * who said something must have confirmed the record before.
 */
export async function archiveInterview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId } = parse(whichInterview, input);
  if (checkBeforeArchive.value() && actor.kind !== 'system') {
    const checks = await guestChecks(await findInterview(interviewId));
    const names = checks.filter(({ state }) => state !== 'confirmed').map(({ guest }) => guest.name);
    if (names.length > 0) throw conflict('interview-check.errors.not-confirmed', { names: names.join('、') });
  }
  return moveInterview(actor, input, { move: 'archive', allowed: canOrganise, set: () => ({ archivedAt: now() }) });
}
