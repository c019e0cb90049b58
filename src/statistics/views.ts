import type { Language } from '../kernel/language.ts';
import { departmentName } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import type { Figures, SetName, Share } from './measures.ts';
import type { departmentFigures, figuresOf, Standing } from './queries.ts';
import { weighed, type RankingRules, type Score } from './ranking.ts';

/** Where the letters behind a number are listed; for the public nowhere. */
export type LinkOf = (set: SetName) => string | null;

const percentOf = ({ part, whole }: Share, language: Language): string =>
  whole === 0
    ? '–'
    : new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
        part / whole,
      );

/** A share as a cell of a table: the rate, what it is made of, a bar. */
function cell(share: Share, [part, whole]: readonly [SetName, SetName], link: LinkOf, language: Language) {
  const percent = percentOf(share, language);
  const label = `${percent} (${share.part} / ${share.whole})`;
  return { percent, part: share.part, whole: share.whole, label, partHref: link(part), wholeHref: link(whole) };
}

const shown = (value: number | null): string => (value === null ? '–' : String(value));

/** The figures of a period as they are printed, every share with what it is made of. */
export function totalView(figures: Figures, language: Language, link: LinkOf = () => null) {
  const { handling, cards } = figures;
  return {
    received: { count: figures.received, href: link('received') },
    valid: { count: figures.valid, href: link('valid') },
    reply: cell(figures.reply, ['replied', 'owed'], link, language),
    onTime: cell(figures.onTime, ['on-time', 'due'], link, language),
    satisfaction: cell(figures.satisfaction, ['satisfied', 'rated'], link, language),
    rating: cell(figures.rating, ['rated', 'answered'], link, language),
    solved: cell(figures.solved, ['solved', 'said'], link, language),
    handling: {
      mean: shown(handling.mean),
      median: shown(handling.median),
      p90: shown(handling.p90),
      count: handling.count,
      href: link('answered'),
    },
    cards: {
      yellow: { count: cards.yellow, href: link('yellow') },
      red: { count: cards.red, href: link('red') },
      any: cards.yellow + cards.red > 0,
    },
  };
}

const gradeTones = { excellent: 'done', good: 'done', pass: 'active', fail: 'overdue' } as const;

function scoreView(score: Score | null, language: Language) {
  if (!score) return null;
  const { points, grade } = score;
  return {
    points: points.toFixed(1),
    grade: grade && { tone: gradeTones[grade], text: translate(language, `statistics.grades.${grade}`) },
  };
}

/** A department in a table: its figures, rank and score. */
export function standingRow({ department, rank, score, figures }: Standing, link: LinkOf, language: Language) {
  return {
    name: departmentName(department, language),
    rank: shown(rank),
    score: scoreView(score, language),
    ...totalView(figures, language, link),
  };
}

/** The rules of the ranking in a sentence each. */
export function rulesWords(rules: RankingRules, language: Language): string[] {
  const say = (key: string, params: Record<string, unknown>) => translate(language, `statistics.rules.${key}`, params);
  const weights = weighed
    .filter((name) => rules.weights[name] > 0)
    .map((name) => `${translate(language, `statistics.weighed.${name}`)} ${rules.weights[name]}%`);
  return [
    say('weights', { weights: weights.join(language === 'en' ? ', ' : '、') }),
    say('least', { ranked: rules.rankedFrom, graded: rules.gradedFrom, rated: rules.ratedFrom }),
    say('cards', rules.points),
    say('grades', rules.grades),
  ];
}

type LinkFor = (departmentId: string, month?: string) => LinkOf;
const monthRow = (month: string, figures: Figures, language: Language, link?: LinkOf) => ({
  month,
  ...totalView(figures, language, link),
});

/** The office's page of figures, where numbers lead to their letters: all departments' with an empty identifier. */
export function figuresView(
  { period, total, months, leagues, rules }: Awaited<ReturnType<typeof figuresOf>>,
  language: Language,
  linkFor: LinkFor,
) {
  const query = new URLSearchParams({ from: period.from, until: period.until }).toString();
  return {
    period,
    total: totalView(total, language, linkFor('')),
    months: months.map(({ month, figures }) => monthRow(month, figures, language, linkFor('', month))),
    leagues: leagues
      .filter(({ standings }) => standings.length > 0)
      .map(({ league, standings }) => ({
        ranked: league !== 'none',
        title: translate(language, `statistics.leagues.${league}`),
        rows: standings.map((standing) => standingRow(standing, linkFor(standing.department.id), language)),
      })),
    rules: rulesWords(rules, language),
    query,
    csvHref: `/open-data/letters.csv?${query}`,
    hasLetters: total.received + total.reply.whole > 0,
  };
}

/** The public page of one department. */
export function departmentView(
  { period, rules, standing, total, months }: Awaited<ReturnType<typeof departmentFigures>>,
  language: Language,
  ranking: boolean,
) {
  const query = new URLSearchParams({ from: period.from, until: period.until }).toString();
  return {
    period,
    total: totalView(total, language),
    standing: ranking && standing?.score ? standingRow(standing, () => null, language) : null,
    graded: rules.gradedFrom,
    rules: ranking ? rulesWords(rules, language) : [],
    months: months.map(({ month, figures }) => monthRow(month, figures, language)).reverse(),
    query,
    csvHref: `/open-data/letters.csv?${query}`,
    backHref: `/statistics?${query}`,
    hasLetters: total.received + total.reply.whole > 0,
  };
}
