import type { Actor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import { canOrganise } from '../policy.ts';
import { moveInterview } from './moveInterview.ts';

/** An organiser publishes the finished record 归档; from here on nothing changes. */
export function archiveInterview(actor: Actor, input: unknown): Promise<void> {
  return moveInterview(actor, input, { move: 'archive', allowed: canOrganise, set: () => ({ archivedAt: now() }) });
}
