import { t } from '../words.ts';

/** Lets somebody select words of the original and mask them; `changed` is told. */
export function markSelections(form: HTMLFormElement, changed: () => void): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[data-mark]')) {
    const text = button.closest('section')?.querySelector<HTMLElement>('[data-original]');
    if (!text) continue;
    button.hidden = false;
    button.disabled = true;
    document.addEventListener('selectionchange', () => {
      button.disabled = selectedIn(text) === null;
    });
    // Pressing a button must not take the selection away
    button.addEventListener('pointerdown', (event) => event.preventDefault());
    button.addEventListener('click', () => {
      const range = selectedIn(text);
      if (!range) return;
      for (const piece of [...text.querySelectorAll<HTMLElement>('[data-at]')]) markIn(piece, range, text);
      getSelection()?.removeAllRanges();
      changed();
    });
  }
}

/** What is selected of this text, or null. */
function selectedIn(text: HTMLElement): Range | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return text.contains(range.commonAncestorContainer) && range.toString().trim() ? range : null;
}

/** Masks what the selection covers of one piece: a span is ticked, a plain piece is cut into at most three. */
function markIn(piece: HTMLElement, range: Range, text: HTMLElement): void {
  const words = piece.firstChild;
  if (!(words instanceof Text) || !range.intersectsNode(words)) return;
  const from = range.startContainer === words ? range.startOffset : 0;
  const to = range.endContainer === words ? range.endOffset : words.length;
  if (from >= to) return;
  const tick = piece.parentElement?.querySelector<HTMLInputElement>('input[name="span"]');
  if (tick && piece.localName === 'mark') return void (tick.checked = true);
  const [at, whole] = [Number(piece.dataset['at']), words.data];
  const parts: HTMLElement[] = [];
  if (from > 0) parts.push(plainPiece(whole.slice(0, from), at));
  parts.push(maskedPiece(whole.slice(from, to), at + from, text.dataset['original'] ?? ''));
  if (to < whole.length) parts.push(plainPiece(whole.slice(to), at + to));
  piece.replaceWith(...parts);
}

function plainPiece(words: string, at: number, kind: 'span' | 'mark' = 'span'): HTMLElement {
  const piece = document.createElement(kind);
  piece.dataset['at'] = String(at);
  piece.textContent = words;
  return piece;
}

function maskedPiece(words: string, at: number, field: string): HTMLElement {
  const label = document.createElement('label');
  label.className = 'span';
  const tick = document.createElement('input');
  tick.type = 'checkbox';
  tick.name = 'span';
  tick.checked = true;
  tick.value = `${field}:${at}:${at + words.length}:other`;
  const kind = document.createElement('small');
  kind.textContent = t('mailbox-office.publish.kinds.other');
  label.append(tick, plainPiece(words, at, 'mark'), ' ', kind);
  return label;
}
