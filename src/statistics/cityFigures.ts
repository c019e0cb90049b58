import type { Language } from '../kernel/language.ts';
import { measure } from './measures.ts';
import { openData } from './queries.ts';
import { totalView } from './views.ts';

/** Whether the city answers, for the front page: the whole of the last months, or null while there are no letters. */
export async function cityFigures(language: Language) {
  const { rows, period } = await openData({});
  return rows.length === 0 ? null : { period, ...totalView(measure(rows, period), language) };
}
