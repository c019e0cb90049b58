import { integerSetting } from '../../platform/settings.ts';

/** Most rows of one export. */
export const exportRowsMax = integerSetting('mailbox-office.export-rows-max', {
  default: 20_000,
  min: 100,
  max: 200_000,
});
/** From how much likeness on two letters count as near-identical, in percent. */
export const duplicateLikeness = integerSetting('mailbox-office.duplicate-likeness', {
  default: 45,
  min: 20,
  max: 95,
  unit: 'percent',
});
/** Letters in a telephone re-survey 电话回访 when nothing else is said. */
export const resurveySize = integerSetting('mailbox-office.resurvey-size', { default: 20, min: 1, max: 500 });
