import { booleanSetting, integerSetting } from '../platform/settings.ts';
import type { RankingRules } from './ranking.ts';

/** Fewest letters due in the period for a department to be ranked. */
const rankedFrom = integerSetting('statistics.ranked-from', { default: 10, min: 1, max: 1000 });
/** Fewest letters due in the period for a department to be graded. */
const gradedFrom = integerSetting('statistics.graded-from', { default: 30, min: 1, max: 1000 });
/** Fewest answers of citizens for satisfaction and solved to count in the ranking. */
const ratedFrom = integerSetting('statistics.rated-from', { default: 5, min: 1, max: 1000 });
const percent = (name: string, value: number) =>
  integerSetting(`statistics.${name}`, { default: value, min: 0, max: 100, unit: 'percent' });
const points = (name: string, value: number, order: { above?: string[]; below?: string[] } = {}) =>
  integerSetting(`statistics.${name}`, { default: value, min: 0, max: 100, unit: 'points', ...order });
const weights = {
  reply: percent('weight-reply', 20),
  onTime: percent('weight-on-time', 40),
  satisfaction: percent('weight-satisfaction', 30),
  solved: percent('weight-solved', 10),
};
const yellowCardPoints = points('yellow-card-points', 1);
const redCardPoints = points('red-card-points', 3);
const gradeExcellent = points('grade-excellent', 90, { above: ['statistics.grade-good', 'statistics.grade-pass'] });
const gradeGood = points('grade-good', 80, {
  above: ['statistics.grade-pass'],
  below: ['statistics.grade-excellent'],
});
const gradePass = points('grade-pass', 60, { below: ['statistics.grade-good', 'statistics.grade-excellent'] });

/** Whether everybody sees rank, score and grade, or the office alone. */
export const rankingPublic = booleanSetting('statistics.ranking-public', { default: true });
/** Months shown when nothing is chosen. */
export const monthsShown = integerSetting('statistics.months-shown', { default: 12, min: 1, max: 36 });
/** So long figures are kept before they are counted again. */
export const refreshSeconds = integerSetting('statistics.refresh-seconds', {
  default: 60,
  min: 0,
  max: 3600,
  unit: 'seconds',
});

/** The rules of the ranking as they are now. */
export const rankingRules = (): RankingRules => ({
  rankedFrom: rankedFrom.value(),
  gradedFrom: gradedFrom.value(),
  ratedFrom: ratedFrom.value(),
  weights: {
    reply: weights.reply.value(),
    onTime: weights.onTime.value(),
    satisfaction: weights.satisfaction.value(),
    solved: weights.solved.value(),
  },
  points: { yellow: yellowCardPoints.value(), red: redCardPoints.value() },
  grades: { excellent: gradeExcellent.value(), good: gradeGood.value(), pass: gradePass.value() },
});
