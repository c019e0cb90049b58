import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { enqueue } from '../../platform/queue/queue.ts';
import { canRun } from '../policy.ts';
import { askToCheckJob } from '../record/askToCheck.ts';
import { moveInterview, whichInterview } from './moveInterview.ts';

/**
 * The host ends the live hour 结束: no further question or support; answers and record can still be finished. Guests and
 * their departments are asked to check the record.
 */
export async function closeInterview(actor: Actor, input: unknown): Promise<void> {
  await moveInterview(actor, input, {
    move: 'close',
    allowed: canRun,
    set: () => ({ closedAt: now(), onStage: null }),
  });
  const { interviewId } = parse(whichInterview, input);
  await enqueue(askToCheckJob, { interviewId }, { onceKey: `interview-ask-to-check ${interviewId}` });
}
