import { typedCard, typedNumbers } from '../../kernel/redaction/typed.ts';
import { t } from '../words.ts';

const pauseMs = 400;
type Typed = HTMLInputElement | HTMLTextAreaElement;

/**
 * Says under a field, while somebody types, that a number in it should not be there. `telephone` is the sentence for
 * telephone numbers; where a person may keep one, the tick for it is shown beside the sentence.
 */
export function watchNumbers(typed: Typed | null, telephone: () => string): void {
  if (!typed) return;
  const said = document.createElement('p');
  said.className = 'field-warning';
  said.setAttribute('role', 'status');
  typed.after(said);
  const confirm = typed.form?.querySelector<HTMLElement>('[data-numbers-kept]');
  const tick = confirm?.querySelector('input');
  let timer = 0;
  const look = (): void => {
    const found = typedNumbers(typed.value);
    const card = typedCard(found);
    said.textContent = card
      ? sentenceOf(card.kind, typed.value.slice(card.start, card.start + 3))
      : found.length > 0
        ? telephone()
        : '';
    if (!confirm || !tick) return;
    confirm.hidden = found.length === 0 || card !== undefined;
    if (confirm.hidden) tick.checked = false;
  };
  typed.addEventListener('input', () => {
    clearTimeout(timer);
    if (typed.value === '') look();
    else timer = window.setTimeout(look, pauseMs);
  });
  // What the server just said need not be said twice
  if (typed.value && !typed.closest('.field')?.querySelector('.field-error')) look();
}

function sentenceOf(kind: string, beginning: string): string {
  const params = { beginning: `${beginning}…` };
  return kind === 'bank-card'
    ? t('moderation.numbers.bank-card', params)
    : t('moderation.numbers.identity-card', params);
}
