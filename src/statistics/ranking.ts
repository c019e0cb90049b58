import type { Figures, Share } from './measures.ts';

/** What a ranking is made by 排名规则; every number of it is a setting, and all of them are published with the figures. */
export interface RankingRules {
  /** Fewest letters due for a department to be ranked. */
  rankedFrom: number;
  /** Fewest answers of citizens for satisfaction and solved to count. */
  ratedFrom: number;
  weights: Record<Weighed, number>;
  /** Points deducted for each card. */
  points: { yellow: number; red: number };
  grades: { excellent: number; good: number; pass: number };
}
export const weighed = ['reply', 'onTime', 'satisfaction', 'solved'] as const;
export type Weighed = (typeof weighed)[number];
export type Grade = 'excellent' | 'good' | 'pass' | 'fail';

/**
 * Lower bound of the Wilson interval (95 %) of a share: a few letters prove little, however well they went.
 * E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209–212. Zero of nothing.
 */
export function wilsonLower({ part, whole }: Share, z = 1.959964): number {
  if (whole === 0) return 0;
  const rate = part / whole;
  const square = (z * z) / whole;
  const middle = rate + square / 2;
  const spread = z * Math.sqrt((rate * (1 - rate)) / whole + square / (4 * whole));
  return Math.max(0, (middle - spread) / (1 + square));
}

/** A score 得分 of 0 to 100 with what it is made of. */
export interface Score {
  points: number;
  grade: Grade;
  parts: { measure: Weighed; lower: number; weight: number }[];
  deducted: number;
}

/**
 * The score of a department: the Wilson lower bounds of its rates by their weights, less points for cards. What too few
 * citizens answered is left out, and the other weights stand for it. Null when too few letters fell due.
 */
export function scoreOf(figures: Figures, rules: RankingRules): Score | null {
  if (figures.onTime.whole < rules.rankedFrom) return null;
  const counts = (name: Weighed) =>
    figures[name].whole >= (name === 'satisfaction' || name === 'solved' ? rules.ratedFrom : 1);
  const parts = weighed
    .filter((name) => rules.weights[name] > 0 && counts(name))
    .map((measure) => ({ measure, lower: wilsonLower(figures[measure]), weight: rules.weights[measure] }));
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  if (weight === 0) return null;
  const earned = (100 * parts.reduce((sum, part) => sum + part.lower * part.weight, 0)) / weight;
  const deducted = figures.cards.yellow * rules.points.yellow + figures.cards.red * rules.points.red;
  const points = Math.max(0, Math.round(10 * (earned - deducted)) / 10);
  return { points, grade: gradeOf(points, rules.grades), parts, deducted };
}

/** 优秀 ≥ 90, 良好 ≥ 80, 合格 ≥ 60, 不合格: where the lines are is a setting. */
export function gradeOf(points: number, { excellent, good, pass }: RankingRules['grades']): Grade {
  if (points >= excellent) return 'excellent';
  if (points >= good) return 'good';
  return points >= pass ? 'pass' : 'fail';
}
