import type { Actor } from '../kernel/actor.ts';
import { type Message, Refusal } from '../kernel/errors.ts';
import type { SettingValue } from '../platform/settings.ts';

/** Takes who gives a setting which value; gives why it must not be now, or undefined. */
export type SettingCheck = (actor: Actor, key: string, value: SettingValue) => Promise<Message | undefined>;
const checks: SettingCheck[] = [];

/** Lets a feature refuse a value that would shut people out or break what depends on it. */
export function beforeSettingChange(check: SettingCheck): void {
  checks.push(check);
}

/** Throws a 409 with the first reason against the value, said at its field. */
export async function refuseHarmfulSetting(actor: Actor, key: string, value: SettingValue): Promise<void> {
  for (const check of checks) {
    const reason = await check(actor, key, value);
    if (reason) throw new Refusal(409, 'conflict', reason, { fields: { value: reason } });
  }
}
