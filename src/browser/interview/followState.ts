/** Words somebody has typed and not sent, or is about to type: the keyboard is in a field. */
function isWrittenIn(part: ParentNode): boolean {
  const fields = part.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>('textarea, input:not([type="hidden"])');
  return [...fields].some((field) => {
    if (field === document.activeElement && field.matches('textarea, [type="text"], :not([type])')) return true;
    return !['checkbox', 'radio'].includes(field.type) && field.value !== field.defaultValue;
  });
}

/** Gives the parts of a page that depend on the state of the interview, by name. */
const partsOf = (page: ParentNode) =>
  new Map(
    [...page.querySelectorAll<HTMLElement>('[data-by-state]')].map((part) => [part.dataset['byState'] ?? '', part]),
  );

/** Puts what the server drew for the new state in place of the old; what somebody is writing in stays as it is. */
function putParts(page: Document): void {
  const fresh = partsOf(page);
  for (const [name, part] of partsOf(document)) {
    if (isWrittenIn(part)) continue;
    const there = fresh.get(name);
    const focused = part.contains(document.activeElement);
    part.replaceChildren(...(there ? [...there.childNodes].map((node) => document.importNode(node, true)) : []));
    part.hidden = there?.hidden ?? true;
    if (focused) part.querySelector<HTMLElement>('button, a[href], input')?.focus({ preventScroll: true });
  }
}

/**
 * Follows the interview into another state. What a desk may do depends on the state, and the server knows it: the page
 * is loaded anew; while somebody is writing, only words and buttons are put in their places, `[data-by-state]`, and
 * `take` gets what the server tells the page's scripts. Nothing typed is ever lost.
 */
export async function followState(take: (data: object) => void): Promise<void> {
  if (!isWrittenIn(document)) return location.reload();
  const answer = await fetch(location.pathname + location.search, { headers: { accept: 'text/html' } }).catch(
    () => null,
  );
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  putParts(page);
  take(JSON.parse(page.getElementById('room-data')?.textContent ?? '{}') as object);
}
