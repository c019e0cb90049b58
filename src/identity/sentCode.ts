import { now } from '../kernel/time.ts';
import { secondsBetweenCodes } from './actions/requestCode.ts';
import { type Attempt, AttemptModel, deviceOfAttempt } from './attemptModel.ts';
import { unseal } from './keys.ts';
import type { Requester } from './requester.ts';

/**
 * What the page that takes a code shows to the browser that asked for it: the address it went to, to spot a slip of the
 * finger, and how long until another may be sent. Nothing in any other browser.
 */
export async function sentCode(attemptId: string, requester: Requester) {
  const attempt = await AttemptModel.findById(attemptId).lean<Attempt>();
  if (!attempt || attempt.device !== deviceOfAttempt(attemptId, requester)) return null;
  const again = new Date(attempt.sentAt.getTime() + secondsBetweenCodes * 1000);
  return { address: unseal(attempt.sealed, attemptId), again: again > now() ? again.toISOString() : null };
}
