import { forgetDrafts } from '../page/drafts.ts';
import { t } from '../words.ts';
import { actProven } from './proven.ts';
import { freshKey, valuesOf } from './status.ts';

const nicknameKey = 'wz-nickname';

/** Says what is wrong with a field above it, as the server's page does, and brings the keyboard there; without a fault it clears. */
function showFault(typed: HTMLInputElement | HTMLTextAreaElement | null, fault: string | undefined): boolean {
  const field = typed?.closest('.field');
  if (!typed || !field) return false;
  field.querySelector('.field-error')?.remove();
  field.classList.toggle('field-wrong', fault !== undefined);
  typed.toggleAttribute('aria-invalid', fault !== undefined);
  if (fault === undefined) return false;
  const said = document.createElement('p');
  said.className = 'field-error';
  said.setAttribute('role', 'alert');
  said.textContent = fault;
  typed.before(said);
  typed.focus();
  return true;
}

/** From now on the form asks another question. */
function renewKey(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>('input[name="formKey"]');
  if (key) key.value = freshKey();
}

/** Asks without leaving the page. What was typed stays until the server has it; the same form is one question. */
export function askOnTheSpot(interviewId: string, done: () => void): void {
  const form = document.querySelector<HTMLFormElement>('#ask-form');
  const text = form?.querySelector<HTMLTextAreaElement>('textarea[name="text"]');
  const told = form?.querySelector<HTMLElement>('.ask-told');
  const button = form?.querySelector<HTMLButtonElement>('button[type="submit"]');
  // A form that leads elsewhere first, to the proof of an address, goes its own way
  if (!form || !text || !told || !button || form.dataset['elsewhere'] !== undefined) return;
  const nickname = form.querySelector<HTMLInputElement>('input[name="nickname"]');
  if (nickname && nickname.value === '') nickname.value = localStorage.getItem(nicknameKey) ?? '';
  let busy = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (busy) return;
    busy = true;
    showFault(text, undefined);
    showFault(nickname, undefined);
    told.textContent = t('interview.ask.sending');
    const working = () => (told.textContent = t('interview-guard.working'));
    void actProven('interview.ask', { ...valuesOf(form), interviewId }, working).then((outcome) => {
      busy = false;
      if (!outcome.ok) {
        const { code, fields, message } = outcome.error;
        if (code === 'form-used') renewKey(form);
        const beside = showFault(text, fields['text']) || showFault(nickname, fields['nickname']);
        told.textContent = beside ? '' : message || t('interview.ask.kept');
        return;
      }
      if (nickname) localStorage.setItem(nicknameKey, nickname.value);
      told.textContent = t('interview.ask.done');
      forgetDrafts(form);
      text.value = '';
      text.dispatchEvent(new Event('input', { bubbles: true }));
      renewKey(form);
      done();
    });
  });
}
