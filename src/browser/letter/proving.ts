interface Widget extends HTMLElement {
  getState(): string;
}
const lookMs = 100;
/** A slow phone needs some seconds for the work; what takes longer than this has stopped, by sleep or a wrong clock. */
const mostMs = 20_000;

/**
 * Somebody may press send before the proof of work is done: the press is remembered, and the letter goes when the proof
 * is there. Where it cannot be had the letter goes without, as from a browser without scripts. An earlier step or
 * keeping the letter for later needs none.
 */
export function sendWhenProved(): void {
  const widget = document.querySelector<Widget>('form altcha-widget');
  const form = widget?.closest('form');
  if (!widget || !form) return;
  // Before the page marks the form as sent
  window.addEventListener(
    'submit',
    (event) => {
      const { submitter, target } = event;
      if (target !== form || submitter?.hasAttribute('formaction') || !isUnfinished(widget)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void sendLater(form, widget, submitter);
    },
    true,
  );
}

const isUnfinished = (widget: Widget): boolean => widget.isConnected && widget.getState() !== 'verified';

async function sendLater(form: HTMLFormElement, widget: Widget, button: HTMLElement | null): Promise<void> {
  if (form.dataset['proving']) return;
  form.dataset['proving'] = 'yes';
  button?.setAttribute('aria-disabled', 'true');
  // A form that is being sent cannot be sent anew: a proof that has run out is known at once
  await new Promise((resolve) => setTimeout(resolve));
  const end = performance.now() + mostMs;
  while (['unverified', 'verifying'].includes(widget.getState()) && widget.isConnected && performance.now() < end)
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  if (widget.getState() !== 'verified') widget.remove();
  delete form.dataset['proving'];
  button?.removeAttribute('aria-disabled');
  form.requestSubmit(button);
}
