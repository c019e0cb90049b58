/** A form is sent once: a second click while the first is under way does nothing. */
export function submitOnce(): void {
  window.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method === 'get') return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    event.submitter?.setAttribute('aria-disabled', 'true');
  });
  // Coming back with the back button shows the page as it was: it may be sent again
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
      delete form.dataset.sent;
      form.querySelectorAll('[aria-disabled]').forEach((button) => button.removeAttribute('aria-disabled'));
    }
  });
}

/** Asks before leaving a `form[data-guard]` in which something was changed and not sent. */
export function guardLeaving(): void {
  const changed = new Set<HTMLFormElement>();
  document.addEventListener('input', ({ target }) => {
    const form = (target as Element).closest<HTMLFormElement>('form[data-guard]');
    if (form) changed.add(form);
  });
  document.addEventListener('submit', ({ target }) => changed.delete(target as HTMLFormElement));
  window.addEventListener('beforeunload', (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
