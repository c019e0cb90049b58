/** Links that carry words put them where the cursor is, with a way back; without scripts they lead to a filled form. */
export function insertWords(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-insert]')) {
    link.addEventListener('click', (event) => {
      const area = document.querySelector<HTMLTextAreaElement>('form[data-typing] textarea');
      if (!area) return;
      event.preventDefault();
      insert(area, link.dataset['insert'] ?? '');
    });
  }
}

function insert(area: HTMLTextAreaElement, words: string): void {
  const before = area.value;
  area.focus();
  const breaks = area.selectionStart > 0 && before[area.selectionStart - 1] !== '\n' ? '\n\n' : '';
  // Typed by the browser itself, so that its own undo takes it back as well
  if (!document.execCommand('insertText', false, breaks + words)) {
    area.setRangeText(breaks + words, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
  area.scrollIntoView({ block: 'nearest' });
  offerUndo(area, before);
}

function offerUndo(area: HTMLTextAreaElement, before: string): void {
  const button = area.form?.querySelector<HTMLButtonElement>('[data-insert-undo]');
  if (!button) return;
  button.hidden = false;
  button.onclick = () => {
    area.value = before;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.focus();
    button.hidden = true;
  };
}
