const pending = 'draft-sent';
const nameAt = (path: string, id: string) => `draft ${path} ${id}`;
/** Two letters of one tab are two texts: a name given with `data-keep` tells them apart. */
function nameOf({ id, dataset }: HTMLTextAreaElement): string {
  const text = dataset['keep'] ?? 'true';
  return nameAt(location.pathname, text === 'true' ? id : `${id} ${text}`);
}

/** What was typed into a field of this page that may not be there any more; null when nothing is kept. */
export function draftOf(id: string): string | null {
  return sessionStorage.getItem(nameAt(location.pathname, id));
}

/** Leaves words for a field of another page, which is filled with them unless there are some already. */
export function leaveDraft(path: string, id: string, words: string): void {
  if (words.trim() !== '') sessionStorage.setItem(nameAt(path, id), words);
}

/** After a form was sent: its draft goes, unless the page shows that it was not taken. */
function settleSent(): void {
  const sent = sessionStorage.getItem(pending);
  if (!sent) return;
  sessionStorage.removeItem(pending);
  if (document.querySelector('.error-summary, .field-wrong, .error-page')) return;
  for (const name of JSON.parse(sent) as string[]) sessionStorage.removeItem(name);
}

/** Keeps what is typed into `textarea[data-keep]` in this tab, so that a reload or a lost connection costs nothing. */
export function keepDrafts(): void {
  settleSent();
  for (const typed of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-keep]')) {
    const kept = sessionStorage.getItem(nameOf(typed));
    if (kept && typed.value === '') {
      typed.value = kept;
      typed.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
  document.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.matches('[data-keep]')) {
      sessionStorage.setItem(nameOf(target), target.value);
    }
  });
  document.addEventListener('submit', ({ target }) => {
    if ((target as HTMLFormElement).dataset['elsewhere'] !== undefined) return; // comes back to this page
    const kept = [...(target as HTMLFormElement).querySelectorAll<HTMLTextAreaElement>('textarea[data-keep]')];
    if (kept.length > 0) sessionStorage.setItem(pending, JSON.stringify(kept.map(nameOf)));
  });
}

/** Forgets the drafts of a form that a script sent without leaving the page. */
export function forgetDrafts(form: HTMLFormElement): void {
  for (const typed of form.querySelectorAll<HTMLTextAreaElement>('textarea[data-keep]')) {
    sessionStorage.removeItem(nameOf(typed));
  }
  sessionStorage.removeItem(pending);
}
