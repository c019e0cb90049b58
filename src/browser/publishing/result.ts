import { mask } from '../../kernel/redaction/mask.ts';
import { placesOf } from '../../kernel/redaction/places.ts';
import type { PersonalKind } from '../../kernel/redaction.ts';

/** Keeps what everybody will read in step with the ticks and words; gives what shows it anew. */
export function followResult(form: HTMLFormElement): () => void {
  const texts = [...form.querySelectorAll<HTMLElement>('[data-original]')];
  const show = () => {
    const words = form.querySelector<HTMLTextAreaElement>('textarea[name="words"]')?.value ?? '';
    for (const text of texts) {
      const result = form.querySelector(`[data-result="${text.dataset['original'] ?? ''}"]`);
      if (result) result.textContent = resultOf(text, words);
    }
  };
  form.addEventListener('input', show);
  return show;
}

function resultOf(text: HTMLElement, words: string): string {
  const original = [...text.querySelectorAll('[data-at]')].map((piece) => piece.textContent).join('');
  const ticked = [...text.querySelectorAll<HTMLInputElement>('input[name="span"]:checked')].map(({ value }) => {
    const [, start, end, kind] = value.split(':');
    return { start: Number(start), end: Number(end), kind: kind as PersonalKind };
  });
  const typed = words
    .split('\n')
    .map((word) => word.trim())
    .flatMap((word) => (word ? placesOf(word, original) : []))
    .map((place) => ({ ...place, kind: 'other' as const }));
  return mask(original, [...ticked, ...typed]);
}
