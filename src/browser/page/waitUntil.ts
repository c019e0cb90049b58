import { t } from '../words.ts';

/** A button that may be pressed again at a moment counts down to it: `<button data-wait-until="…">`. */
export function waitUntil(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-wait-until]')) {
    const [until, words] = [Date.parse(button.dataset['waitUntil'] ?? ''), button.textContent ?? ''];
    const show = () => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      button.disabled = seconds > 0;
      button.textContent = seconds > 0 ? t('page.wait-until', { text: words, seconds }) : words;
      if (seconds <= 0) clearInterval(timer);
    };
    const timer = setInterval(show, 1000);
    show();
  }
}
