interface Widget extends HTMLElement {
  getState(): string;
}
const lookMs = 100;

/**
 * Somebody may press send before the proof of work is done. The browser would refuse without a word, for the field it
 * misses is hidden; so the press is remembered, and the letter goes when the proof is there. Where it cannot be had the
 * letter goes without, as from a browser without scripts.
 */
export function sendWhenProved(): void {
  const widget = document.querySelector<Widget>('form altcha-widget');
  const form = widget?.closest('form');
  if (!widget || !form) return;
  let button: HTMLElement | null = null;
  form.addEventListener('click', ({ target }) => (button = (target as Element).closest('button')));
  form.addEventListener(
    'invalid',
    (event) => {
      if (!widget.contains(event.target as Node)) return;
      event.preventDefault();
      void sendLater(form, widget, button);
    },
    true,
  );
}

async function sendLater(form: HTMLFormElement, widget: Widget, button: HTMLElement | null): Promise<void> {
  if (form.dataset['proving']) return;
  form.dataset['proving'] = 'yes';
  button?.setAttribute('aria-disabled', 'true');
  while (['unverified', 'verifying'].includes(widget.getState()) && widget.isConnected)
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  if (widget.getState() !== 'verified') widget.remove();
  delete form.dataset['proving'];
  button?.removeAttribute('aria-disabled');
  // Whatever else is missing is told now
  form.requestSubmit(button);
}
