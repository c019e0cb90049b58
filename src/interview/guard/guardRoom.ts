import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { id } from '../fields.ts';
import { findInterview } from '../interviewModel.ts';
import { canKeepOrder, demand } from '../policy.ts';
import { guardMinutes } from './guard.ts';
import { storeGuard } from './storeGuard.ts';

const schema = z.object({ interviewId: id });

/** Visitors must prove some work before they ask or support, until somebody takes it off again. */
export function guardRoom(actor: Actor, input: unknown): Promise<void> {
  return setGuard(actor, input, true);
}

/** Takes the guard off; for a while the rate does not put it on again. */
export function unguardRoom(actor: Actor, input: unknown): Promise<void> {
  return setGuard(actor, input, false);
}

async function setGuard(actor: Actor, input: unknown, on: boolean): Promise<void> {
  const { interviewId } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canKeepOrder(actor, interview), actor, interview);
  const until = on ? null : new Date(now().getTime() + guardMinutes.value() * 60_000);
  await storeGuard(actor, interviewId, { on, byHand: true, until });
  await recordAudit(actor, {
    verb: on ? 'interview.guard' : 'interview.unguard',
    target: { type: 'interview', id: interviewId, label: interview.topic },
  });
}
