import { stringify } from 'csv-stringify/sync';
import type { Language } from '../kernel/language.ts';
import { inert } from '../platform/documents/inert.ts';
import { translate } from '../platform/language.ts';
import type { OpenRow } from './row.ts';
import type { openData } from './queries.ts';

/** The columns of the open data, in order. */
export const columns = [
  'department',
  'league',
  'kind',
  'box',
  'valid',
  'received',
  'due',
  'replied',
  'onTime',
  'handlingDays',
  'satisfaction',
  'solved',
  'yellowCards',
  'redCards',
  'extended',
  'returns',
  'rehandled',
] as const satisfies readonly (keyof OpenRow)[];

/** One line a letter, without number, text or person. The last column says up to when they count. */
export function openDataFile({ rows, period }: Awaited<ReturnType<typeof openData>>) {
  const lines = rows.map((row) => [...columns.map((column) => inert(String(row[column] ?? ''))), period.cutoff]);
  return {
    name: `letters-${period.from}-${period.until}.csv`,
    body: `\uFEFF${stringify([[...columns, 'asOf'], ...lines])}`,
  };
}

/** What /open-data shows: what is in the file, column by column. */
export function openDataModel({ rows, period }: Awaited<ReturnType<typeof openData>>, language: Language) {
  const query = new URLSearchParams({ from: period.from, until: period.until }).toString();
  return {
    title: translate(language, 'statistics.open.title'),
    period,
    count: rows.length,
    csvHref: `/open-data/letters.csv?${query}`,
    figuresHref: `/statistics?${query}`,
    columns: [...columns, 'asOf'].map((column) => ({
      name: column,
      text: translate(language, `statistics.open.columns.${column}`),
    })),
  };
}
