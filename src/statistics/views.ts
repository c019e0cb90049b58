import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import type { Figures, Share } from './measures.ts';
import type { figuresOf, Standing } from './queries.ts';

const percentOf = ({ part, whole }: Share, language: Language): string =>
  whole === 0
    ? '–'
    : new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
        part / whole,
      );

/** A share as a cell of a table: the rate, what it is made of, a bar. */
function cell(share: Share, language: Language) {
  const percent = percentOf(share, language);
  const base = `${share.part} / ${share.whole}`;
  return { percent, base, part: share.part, whole: share.whole, label: `${percent} (${base})` };
}

/** The figures of a period as they are printed, every share with what it is made of. */
export function totalView(figures: Figures, language: Language) {
  const { handling } = figures;
  return {
    received: figures.received,
    valid: figures.valid,
    reply: cell(figures.reply, language),
    onTime: cell(figures.onTime, language),
    satisfaction: cell(figures.satisfaction, language),
    rating: cell(figures.rating, language),
    solved: cell(figures.solved, language),
    handling: {
      median: handling.median === null ? '–' : String(handling.median),
      p90: handling.p90 === null ? '–' : String(handling.p90),
      count: handling.count,
    },
  };
}

const standingRow = ({ name, rank, score, figures }: Standing, language: Language) => ({
  name,
  rank: rank === null ? '–' : String(rank),
  score: score === null ? '–' : (100 * score).toFixed(1),
  ...totalView(figures, language),
});

/** What the pages of figures show. */
export function figuresView(
  { period, total, months, leagues }: Awaited<ReturnType<typeof figuresOf>>,
  language: Language,
) {
  const query = new URLSearchParams({ from: period.from, until: period.until }).toString();
  return {
    period,
    total: totalView(total, language),
    months: months.map(({ month, figures }) => ({ month, ...totalView(figures, language) })),
    leagues: leagues
      .filter(({ standings }) => standings.length > 0)
      .map(({ league, standings }) => ({
        ranked: league !== 'none',
        title: translate(language, `statistics.leagues.${league}`),
        rows: standings.map((standing) => standingRow(standing, language)),
      })),
    csvHref: `/statistics/letters.csv?${query}`,
    hasLetters: total.received + total.reply.whole > 0,
  };
}
