import type { Counters } from '../live/index.ts';
import { t } from '../words.ts';
import { showOnline } from './status.ts';

/** Shows the latest counters wherever they stand, and keeps the supports by question in `votes`. */
export function showCounters(counters: Counters, votes: Record<string, number>): void {
  showOnline(counters);
  const published = counters['published'];
  for (const place of document.querySelectorAll('[data-count="published"]')) {
    if (typeof published === 'number') place.textContent = String(published);
  }
  const changed = counters['votes'];
  if (typeof changed !== 'object') return;
  Object.assign(votes, changed);
  for (const [id, n] of Object.entries(changed)) {
    for (const place of document.querySelectorAll(`[data-votes="${CSS.escape(id)}"]`)) place.textContent = String(n);
    for (const place of document.querySelectorAll(`[data-votes-said="${CSS.escape(id)}"]`)) {
      place.textContent = t('interview.support.count', { count: n });
    }
  }
}
