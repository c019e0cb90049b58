import { t } from '../words.ts';

function show(on: boolean): void {
  document.documentElement.toggleAttribute('data-elder', on);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-elder-switch]')) {
    button.value = on ? '0' : '1';
    button.setAttribute('aria-pressed', String(on));
    button.textContent = on ? t('page.elder-off') : t('page.elder-on');
  }
}

/** Turns the elder mode 关怀版 on and off without losing the place on the page; the server remembers it. */
export function switchElderInPlace(): void {
  document.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || !button.matches('[data-elder-switch]')) return;
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const body = new URLSearchParams([...new FormData(form, button)].map(([name, value]) => [name, String(value)]));
    show(button.value === '1');
    void fetch(form.action, { method: 'POST', body, redirect: 'manual' });
  });
}
