import { t } from '../words.ts';

/** Buttons that copy what stands in a field, `<button data-copy="id of the field" hidden>`: there where it is possible. */
export function copyOnClick(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const field = document.getElementById(button.dataset['copy'] ?? '') as HTMLInputElement | null;
    if (!field) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      field.select();
      const told = button.parentElement?.querySelector('[data-copied]');
      const say = (sentence: string) => {
        if (told) told.textContent = sentence;
      };
      // Without a secure line there is no clipboard: the words are selected, to be copied by hand
      if (!navigator.clipboard) return say(t('page.copy-by-hand'));
      navigator.clipboard.writeText(field.value).then(
        () => say(t('page.copied')),
        () => say(t('page.copy-by-hand')),
      );
    });
  }
}
