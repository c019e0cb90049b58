import type { Actor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import { canOrganise } from '../policy.ts';
import { moveInterview } from './moveInterview.ts';

/** An organiser makes an interview public 预告; questions are taken from now on. */
export function announceInterview(actor: Actor, input: unknown): Promise<void> {
  return moveInterview(actor, input, { move: 'announce', allowed: canOrganise, set: () => ({ announcedAt: now() }) });
}
