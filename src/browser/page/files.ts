import { t } from '../words.ts';
import { clearFault, showFault } from './errors.ts';

const megabyte = 1024 * 1024;

/** Looks at files as soon as they are chosen: what is too large or too many is told at the field and not sent. */
export function checkFiles(): void {
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === 'file' && target.dataset['megabytes']) check(target);
  });
}

function check(field: HTMLInputElement): void {
  const [megabytes, most] = [Number(field.dataset['megabytes']), Number(field.dataset['most'] ?? '1')];
  const chosen = [...(field.files ?? [])];
  const right = chosen.filter(({ size }) => size <= megabytes * megabyte);
  const room = Math.max(0, most - cameBefore(field));
  const kept = new DataTransfer();
  for (const file of right.slice(0, room)) kept.items.add(file);
  if (kept.files.length < chosen.length) field.files = kept.files;
  const left = chosen.filter(({ size }) => size > megabytes * megabyte).map(({ name }) => name);
  if (left.length > 0) showFault(field, t('page.files.too-large', { names: left.join('、'), megabytes }));
  else if (right.length > room) showFault(field, t('page.files.too-many', { count: most }));
  else clearFault(field);
  tellChosen(field, [...kept.files]);
}

/** Files of an earlier step that are not to be removed count as well. */
const cameBefore = (field: HTMLInputElement): number =>
  [...(field.form?.querySelectorAll<HTMLInputElement>('input[name="remove"]') ?? [])].filter(({ checked }) => !checked)
    .length;

function tellChosen(field: HTMLInputElement, files: readonly File[]): void {
  const list = field.parentElement?.querySelector('[data-chosen]') ?? document.createElement('ul');
  list.setAttribute('data-chosen', '');
  list.className = 'plain-list soft small';
  list.replaceChildren(
    ...files.map(({ name, size }) => {
      const item = document.createElement('li');
      const amount =
        size < megabyte ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / megabyte).toFixed(1)} MB`;
      item.textContent = `${name} · ${amount}`;
      return item;
    }),
  );
  field.after(list);
}
