import type { Actor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import { canRun } from '../policy.ts';
import { moveInterview } from './moveInterview.ts';

/** The host goes live 开始直播. */
export function startInterview(actor: Actor, input: unknown): Promise<void> {
  return moveInterview(actor, input, {
    move: 'start',
    allowed: canRun,
    set: () => ({ startedAt: now(), phase: 'opening' }),
  });
}
