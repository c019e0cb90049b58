import { now } from '../../kernel/time.ts';
import { choiceSetting, integerSetting } from '../../platform/settings.ts';

/** When visitors' browsers have to do a little work before they ask or support. */
export const proofOfWork = choiceSetting('interview.proof-of-work', {
  default: 'automatic',
  choices: ['off', 'automatic', 'always'],
});
/** Visitors' questions a minute above which a room guards itself. */
export const guardRate = integerSetting('interview.guard-rate', {
  default: 240,
  min: 5,
  max: 100_000,
  unit: 'per-60-seconds',
});
/** How long it then stays guarded, and how long a host's "no" holds. */
export const guardMinutes = integerSetting('interview.guard-minutes', {
  default: 10,
  min: 1,
  max: 240,
  unit: 'minutes',
});

/** Whether a room is guarded 防护: by its rate or by hand, and until when; by hand without an end. */
export interface Guard {
  on: boolean;
  byHand: boolean;
  until: Date | null;
}
type Guarded = { guard?: Guard | null };

/** True when what somebody said by hand, or what the rate began, still holds. */
export function isInForce(guard: Guard | null | undefined, at = now()): guard is Guard {
  return Boolean(guard) && (guard?.until === null || (guard?.until?.getTime() ?? 0) > at.getTime());
}

/** True when visitors must prove some work here now. Settings go before the rate, a person's hand before both. */
export function isGuarded({ guard }: Guarded): boolean {
  if (isInForce(guard) && guard.byHand) return guard.on;
  if (proofOfWork.value() === 'always') return true;
  return proofOfWork.value() === 'automatic' && isInForce(guard) && guard.on;
}
