import { config } from '../config.ts';
import type { StaffRole } from '../kernel/actor.ts';
import { booleanSetting, integerSetting, type Setting } from '../platform/settings.ts';

export const passwordLengthMin = integerSetting('identity.password-length-min', {
  default: 12,
  min: 8,
  max: 64,
  unit: 'characters',
});
/** How long a password set by an administrator can be used for the first sign-in. */
export const oneTimePasswordDays = integerSetting('identity.one-time-password-days', {
  default: 7,
  min: 1,
  max: 60,
  unit: 'days',
});
export const failedSignInsPerName = integerSetting('identity.failed-sign-ins-per-name', {
  default: 10,
  min: 3,
  max: 1000,
  unit: 'per-900-seconds',
});
/** Strangers everywhere together; far above what one of them may, so that one cannot use it up. */
export const failedSignInsPerNameEverywhere = integerSetting('identity.failed-sign-ins-per-name-everywhere', {
  default: 200,
  min: 20,
  max: 10_000,
  unit: 'per-900-seconds',
});
export const failedSignInsPerAddress = integerSetting('identity.failed-sign-ins-per-address', {
  default: 60,
  min: 5,
  max: 10_000,
  unit: 'per-900-seconds',
});
export const codeMinutes = integerSetting('identity.code-minutes', { default: 10, min: 3, max: 60, unit: 'minutes' });
export const codeTries = integerSetting('identity.code-tries', { default: 5, min: 3, max: 10 });
export const codesPerDay = integerSetting('identity.codes-per-day', { default: 10, min: 3, max: 100 });
export const failedCodesPerAccount = integerSetting('second-factor.failed-codes-per-account', {
  default: 8,
  min: 3,
  max: 100,
  unit: 'per-900-seconds',
});
/** Whether holders of a role must prove themselves with a second factor; in a real city administrators do from the start. */
export const secondFactorFor: Readonly<Record<StaffRole, Setting<boolean>>> = {
  administrator: booleanSetting('second-factor.for-administrator', { default: config.mode === 'production' }),
  clerk: booleanSetting('second-factor.for-clerk', { default: false }),
  supervisor: booleanSetting('second-factor.for-supervisor', { default: false }),
  head: booleanSetting('second-factor.for-head', { default: false }),
  handler: booleanSetting('second-factor.for-handler', { default: false }),
};
