import type { Figures, Share } from './measures.ts';

/** What a ranking is made by 排名规则; every number of it is a setting, and all of them are published with the figures. */
export interface RankingRules {
  /** Fewest letters due for a department to be ranked. */
  rankedFrom: number;
  /** Fewest letters due for a department to be graded. */
  gradedFrom: number;
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

/** How a league does in one measure: its rate, and how many letters of a department weigh as much as that. */
export interface LeagueRate {
  mean: number;
  strength: number;
}
export type LeagueRates = Record<Weighed, LeagueRate>;

const weakest = 5;
const strongest = 200;

/**
 * A beta-binomial fitted to the shares of a league by moments (J. C. Kleinman, Journal of the American Statistical
 * Association 68 (1973) 46–54): the less departments differ beyond chance, the more the league says about each.
 */
export function leagueRate(shares: readonly Share[]): LeagueRate {
  const known = shares.filter(({ whole }) => whole > 0);
  const total = known.reduce((sum, { whole }) => sum + whole, 0);
  if (total === 0) return { mean: 0, strength: weakest };
  const mean = known.reduce((sum, { part }) => sum + part, 0) / total;
  const chance = mean * (1 - mean);
  const room = total - known.reduce((sum, { whole }) => sum + whole * whole, 0) / total - (known.length - 1);
  if (chance === 0 || room <= 0) return { mean, strength: weakest };
  const spread = known.reduce((sum, { part, whole }) => sum + whole * (part / whole - mean) ** 2, 0);
  const alike = (spread / chance - (known.length - 1)) / room;
  const strength = alike <= 0 ? strongest : 1 / alike - 1;
  return { mean, strength: Math.min(strongest, Math.max(weakest, strength)) };
}

/** The rates of all measures of a league. */
export const leagueRates = (figures: readonly Figures[]): LeagueRates =>
  Object.fromEntries(weighed.map((name) => [name, leagueRate(figures.map((one) => one[name]))])) as LeagueRates;

/** A share drawn towards its league: of a few letters little, of many nothing that matters. */
export const drawn = ({ part, whole }: Share, { mean, strength }: LeagueRate): number =>
  (part + mean * strength) / (whole + strength);

/** A score 得分 of 0 to 100 with what it is made of. */
export interface Score {
  /** What the order is made by. */
  points: number;
  /** What the rates themselves give; grades go by it. */
  observed: number;
  /** Null for a department with too few letters to be graded. */
  grade: Grade | null;
  parts: { measure: Weighed; rate: number; drawn: number; weight: number }[];
  deducted: number;
}

/**
 * The score of a department: its rates by their weights, less points for cards. What too few citizens answered is left
 * out, and the other weights stand for it. Null when too few letters fell due.
 */
export function scoreOf(figures: Figures, rules: RankingRules, rates: LeagueRates): Score | null {
  if (figures.onTime.whole < rules.rankedFrom) return null;
  const counts = (name: Weighed) =>
    figures[name].whole >= (name === 'satisfaction' || name === 'solved' ? rules.ratedFrom : 1);
  const parts = weighed
    .filter((name) => rules.weights[name] > 0 && counts(name))
    .map((measure) => ({
      measure,
      rate: figures[measure].part / figures[measure].whole,
      drawn: drawn(figures[measure], rates[measure]),
      weight: rules.weights[measure],
    }));
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  if (weight === 0) return null;
  const deducted = figures.cards.yellow * rules.points.yellow + figures.cards.red * rules.points.red;
  const pointsBy = (by: 'rate' | 'drawn'): number => {
    const earned = (100 * parts.reduce((sum, part) => sum + part[by] * part.weight, 0)) / weight;
    return Math.max(0, Math.round(10 * (earned - deducted)) / 10);
  };
  const observed = pointsBy('rate');
  const grade = figures.onTime.whole >= rules.gradedFrom ? deserved(figures, gradeOf(observed, rules.grades)) : null;
  return { points: pointsBy('drawn'), observed, grade, parts, deducted };
}

/** Who answered everything, and everything in time, is never below good. */
function deserved({ reply, onTime }: Figures, grade: Grade): Grade {
  const allInTime = reply.part === reply.whole && onTime.part === onTime.whole;
  return allInTime && (grade === 'pass' || grade === 'fail') ? 'good' : grade;
}

/** 优秀 ≥ 90, 良好 ≥ 80, 合格 ≥ 60, 不合格: where the lines are is a setting. */
export function gradeOf(points: number, { excellent, good, pass }: RankingRules['grades']): Grade {
  if (points >= excellent) return 'excellent';
  if (points >= good) return 'good';
  return points >= pass ? 'pass' : 'fail';
}
