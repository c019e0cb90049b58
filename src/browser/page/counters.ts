import { t } from '../words.ts';

type Typed = HTMLInputElement | HTMLTextAreaElement;

/** Letters as people count them: a pair of surrogates is one, a Windows line end is one. */
function lengthOf(text: string): number {
  return [...text.trim()].length;
}

function show(counter: HTMLElement, typed: Typed): void {
  const max = Number(typed.dataset.max);
  const length = lengthOf(typed.value);
  counter.toggleAttribute('data-over', length > max);
  counter.textContent = length > max ? t('page.count-over', { count: length - max }) : t('page.count', { length, max });
}

function count(typed: Typed): void {
  const counter = document.querySelector<HTMLElement>(`[data-count-of="${CSS.escape(typed.id)}"]`);
  if (counter && typed.dataset.max) show(counter, typed);
}

/** Shows under a field how much was typed of how much may be; never cuts what is typed. */
export function countTyped(): void {
  document.addEventListener('input', (event) => count(event.target as Typed));
  document.addEventListener('reset', ({ target }) => {
    // Its fields are emptied after this event
    setTimeout(() => (target as HTMLFormElement).querySelectorAll<Typed>('[data-max]').forEach(count));
  });
}
