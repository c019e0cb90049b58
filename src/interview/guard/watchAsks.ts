import { systemActor, type Actor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import { QuestionModel } from '../questionModel.ts';
import { guardMinutes, guardRate, proofOfWork } from './guard.ts';
import { storeGuard } from './storeGuard.ts';

const lookEveryMs = 2_000;
/** When this process last counted a room's questions. */
const lookedAt = new Map<string, number>();

function isTime(interviewId: string): boolean {
  const at = performance.now();
  if (at - (lookedAt.get(interviewId) ?? -Infinity) < lookEveryMs) return false;
  if (lookedAt.size > 500) lookedAt.clear();
  lookedAt.set(interviewId, at);
  return true;
}

/** Visitors' questions of the last minute, counted no further than needed. */
async function visitorsAsks(interviewId: string, enough: number): Promise<number> {
  const at = now(); // the moment somebody asks; the demo city tells its past out of order, what comes later is no crowd
  const lastMinute = { $gte: new Date(at.getTime() - 60_000), $lte: at };
  const asks = await QuestionModel.find({ interviewId, askedAt: lastMinute }, { askerKind: 1 })
    .limit(enough * 2)
    .lean<{ askerKind: string }[]>();
  return asks.filter(({ askerKind }) => askerKind === 'guest').length;
}

/**
 * Looks whether visitors ask faster than a crowd of people does, and guards the room if so. Counted in the database, so
 * that the rate is that of all processes together; at most every two seconds.
 */
export async function watchAsks(actor: Actor, interviewId: string): Promise<void> {
  if (actor.kind !== 'guest' || proofOfWork.value() !== 'automatic') return;
  if (!isTime(interviewId)) return;
  if ((await visitorsAsks(interviewId, guardRate.value())) <= guardRate.value()) return;
  const until = new Date(now().getTime() + guardMinutes.value() * 60_000);
  await storeGuard(systemActor('guard'), interviewId, { on: true, byHand: false, until });
}

/** For tests: the next question is counted at once. */
export function forgetLooks(): void {
  lookedAt.clear();
}
