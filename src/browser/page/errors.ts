import { t } from '../words.ts';

/**
 * A list of faults above a form says "please fill this in" as often as fields are empty: each line gets the name of its
 * field in front, so that one knows which. Without scripts the line leads to the field all the same.
 */
export function nameFaults(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.error-summary a[href^="#field-"]')) {
    const name = nameOf(decodeURIComponent(link.hash.slice(1)));
    const text = link.textContent ?? '';
    if (name && !text.includes(name)) link.textContent = t('page.named-fault', { name, text });
  }
}

/** The words of a field's label, or of the group it stands in, without notes inside them. */
function nameOf(id: string): string {
  const part = document.getElementById(id);
  if (!part) return '';
  const group = part.matches('fieldset') ? part : part.closest('fieldset');
  const isChoice = part instanceof HTMLInputElement && part.type === 'radio';
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
  const words = (isChoice || !label ? group?.querySelector('legend') : label)?.cloneNode(true) as Element | undefined;
  words?.querySelectorAll('.field-optional, .note, .hint').forEach((note) => note.remove());
  return words?.textContent?.trim() ?? '';
}

const fieldOf = (id: string): Element | null => document.getElementById(id)?.closest('.field') ?? null;

/** A message is about what was sent: as soon as its field is changed it goes, from the field and from the list above. */
export function forgetMended(): void {
  document.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLElement && target.closest('.field-wrong')) clearFault(target);
  });
}

/** Takes the message of the field away in which `part` stands. */
export function clearFault(part: HTMLElement): void {
  const field = part.closest('.field-wrong');
  if (!field) return;
  field.classList.remove('field-wrong');
  field.querySelector('.field-error')?.remove();
  for (const one of field.querySelectorAll('[aria-invalid]')) one.removeAttribute('aria-invalid');
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.error-summary a[href^="#field-"]')) {
    if (fieldOf(decodeURIComponent(link.hash.slice(1))) === field) (link.closest('li') ?? link).remove();
  }
  const summary = document.querySelector('.error-summary');
  if (summary?.querySelector('ul') && !summary.querySelector('li')) summary.remove();
}

/** Says at a field what is wrong with it, before anything is sent. */
export function showFault(part: HTMLElement, sentence: string): void {
  clearFault(part);
  const field = part.closest('.field');
  if (!field) return;
  const told = document.createElement('p');
  told.className = 'field-error';
  told.setAttribute('role', 'alert');
  told.textContent = sentence;
  field.classList.add('field-wrong');
  part.setAttribute('aria-invalid', 'true');
  part.before(told);
}
