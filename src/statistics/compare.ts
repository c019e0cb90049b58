import type { Language } from '../kernel/language.ts';
import type { League } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import type { Figures } from './measures.ts';
import type { figuresOf, Standing } from './queries.ts';
import { rulesWords, standingRow, totalView } from './views.ts';

/** What departments can be put in order by; a phone shows this column and no other. */
export const orders = ['score', 'reply', 'on-time', 'days', 'satisfaction', 'solved'] as const;
export type Order = (typeof orders)[number];
type Measured = Exclude<Order, 'score'>;

/** How good a department is in one measure, and of how many letters that is known. */
const judged: Record<Measured, (figures: Figures) => { value: number | null; of: number }> = {
  reply: ({ reply }) => ({ value: reply.part / reply.whole, of: reply.whole }),
  'on-time': ({ onTime }) => ({ value: onTime.part / onTime.whole, of: onTime.whole }),
  days: ({ handling }) => ({ value: handling.mean === null ? null : -handling.mean, of: handling.count }),
  satisfaction: ({ satisfaction }) => ({ value: satisfaction.part / satisfaction.whole, of: satisfaction.whole }),
  solved: ({ solved }) => ({ value: solved.part / solved.whole, of: solved.whole }),
};

/** The best first; who has fewer than `least` letters to judge by stands behind, for one letter says little. */
export function ordered(standings: readonly Standing[], by: Order, least: number): Standing[] {
  if (by === 'score') return [...standings];
  const known = standings.map((standing) => ({ standing, ...judged[by](standing.figures) }));
  const few = (of: number): number => (of === 0 ? 2 : of < least ? 1 : 0);
  known.sort((a, b) => few(a.of) - few(b.of) || (b.value ?? 0) - (a.value ?? 0) || b.of - a.of);
  return known.map(({ standing }) => standing);
}

const shownFirst = 10;

interface Look {
  language: Language;
  /** Ranks, scores and grades may be shown. */
  ranking: boolean;
  wished: Order | undefined;
  /** Only this league, with all of its departments. */
  only?: League;
}

/** The public page of figures: the whole city, then departments, the first of each league, and month by month. */
export function compareView(
  { period, total, months, leagues, rules }: Awaited<ReturnType<typeof figuresOf>>,
  { language, ranking: mayRank, wished, only }: Look,
) {
  const ranking = mayRank && leagues.some(({ standings }) => standings.some(({ score }) => score !== null));
  const by = wished === undefined || (wished === 'score' && !ranking) ? (ranking ? 'score' : 'reply') : wished;
  const chosen = { from: period.from, until: period.until };
  const query = new URLSearchParams(chosen).toString();
  const page = only ? '/statistics/departments' : '/statistics';
  const addressBy = (order: Order) =>
    `${page}?${new URLSearchParams({ ...chosen, ...(only ? { league: only } : {}), by: order })}#departments`;
  const choices = orders
    .filter((order) => ranking || order !== 'score')
    .map((order) => ({
      order,
      href: addressBy(order),
      text: translate(language, `statistics.orders.${order}`),
      current: order === by,
      sorted: order === by ? (order === 'days' ? 'ascending' : 'descending') : 'none',
    }));
  const shown = leagues.filter(({ league, standings }) => standings.length > 0 && (!only || league === only));
  return {
    period,
    query,
    by,
    choices,
    ranking,
    total: totalView(total, language),
    months: months.map(({ month, figures }) => ({ month, ...totalView(figures, language) })).reverse(),
    leagues: shown.map(({ league, standings }) => ({
      title: translate(language, `statistics.leagues.${league}`),
      rows: ordered(standings, by, rules.rankedFrom)
        .slice(0, only ? undefined : shownFirst)
        .map((standing) => ({
          ...standingRow(standing, () => null, language),
          href: `/statistics/departments/${standing.department.id}?${query}`,
        })),
      all:
        !only && standings.length > shownFirst
          ? {
              count: standings.length,
              href: `/statistics/departments?${new URLSearchParams({ ...chosen, league, by })}#departments`,
            }
          : null,
    })),
    rules: ranking ? rulesWords(rules, language) : [],
    csvHref: `/open-data/letters.csv?${query}`,
    backHref: `/statistics?${query}`,
    hasLetters: total.received + total.reply.whole > 0,
  };
}
