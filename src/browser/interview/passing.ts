/** Who writes a joint answer signs it anyway: their own box among those who sign too is shut. */
function shutWriter(receiver: HTMLSelectElement): void {
  const writer = receiver.value.replace(/^guest:/, '');
  for (const box of receiver.form?.querySelectorAll<HTMLInputElement>('input[name="jointly"]') ?? []) {
    box.disabled = box.value === writer;
    if (box.disabled) box.checked = false;
  }
}

/** Follows whom a question is passed to, from the moment a fold is opened. */
export function followReceivers(): void {
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement && target.matches('[data-fold="pass"] [name="to"]')) shutWriter(target);
  });
  document.addEventListener(
    'toggle',
    ({ target }) => {
      const fold = target as Element;
      const receiver = fold.matches('[data-fold="pass"]') && fold.querySelector<HTMLSelectElement>('[name="to"]');
      if (receiver) shutWriter(receiver);
    },
    true,
  );
}
