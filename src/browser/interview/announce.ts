import { t } from '../words.ts';

/** Milliseconds between two sentences to those who listen: a busy room must not talk over what they hear. */
const quietMs = 20_000;
let toldAt = -Infinity;

/** Says aloud, now and then, how many questions wait behind the pill. */
export function tellWaiting(place: HTMLElement | null, waiting: number): void {
  if (!place) return;
  if (waiting === 0) place.textContent = '';
  if (waiting === 0 || performance.now() - toldAt < quietMs) return;
  toldAt = performance.now();
  place.textContent = t('interview-desk.waiting-questions', { count: waiting });
}
