import type { Actor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import { canRun } from '../policy.ts';
import { moveInterview } from './moveInterview.ts';

/** The host ends the live hour 结束: no further question or support; answers and record can still be finished. */
export function closeInterview(actor: Actor, input: unknown): Promise<void> {
  return moveInterview(actor, input, {
    move: 'close',
    allowed: canRun,
    set: () => ({ closedAt: now(), onStage: null }),
  });
}
