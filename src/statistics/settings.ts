import { integerSetting } from '../platform/settings.ts';

/** Fewest letters due in the period for a department to be ranked. */
export const rankedFrom = integerSetting('statistics.ranked-from', { default: 10, min: 1, max: 1000 });
/** Months shown when nothing is chosen. */
export const monthsShown = integerSetting('statistics.months-shown', { default: 12, min: 1, max: 36 });
/** So long figures are kept before they are counted again. */
export const refreshSeconds = integerSetting('statistics.refresh-seconds', { default: 60, min: 0, max: 3600 });
