import { now } from '../../kernel/time.ts';
import { timeWords } from '../../web/views/timeWords.ts';
import { language, t } from '../words.ts';

function tick(): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>('time[data-ticks]')) {
    const words = timeWords(new Date(element.dateTime), now(), language, t);
    if (element.textContent !== words) element.textContent = words;
  }
}

/** Keeps “3 minutes ago” true while the page stands open. */
export function tickTimes(): void {
  setInterval(tick, 20_000);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) tick();
  });
}
