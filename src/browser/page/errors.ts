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
