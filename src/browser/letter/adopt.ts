/** Takes the proposed department in place; without scripts the server does. */
export function adoptInPlace(): void {
  const button = document.querySelector<HTMLButtonElement>('button[name="adopt"]');
  const select = document.querySelector<HTMLSelectElement>('#field-wishedDepartmentId');
  if (!button || !select) return;
  button.addEventListener('click', (event) => {
    event.preventDefault();
    select.value = button.value;
    select.dispatchEvent(new Event('input', { bubbles: true }));
    select.focus();
    button.parentElement?.remove();
  });
}
