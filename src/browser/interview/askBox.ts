import { forgetDrafts } from '../page/drafts.ts';
import { t } from '../words.ts';
import { actProven } from './proven.ts';
import { freshKey, valuesOf } from './status.ts';

const nicknameKey = 'wz-nickname';

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
    told.textContent = t('interview.ask.sending');
    const working = () => (told.textContent = t('interview-guard.working'));
    void actProven('interview.ask', { ...valuesOf(form), interviewId }, working).then((outcome) => {
      busy = false;
      if (!outcome.ok) {
        const { fields, message } = outcome.error;
        told.textContent = fields['text'] ?? fields['nickname'] ?? (message || t('interview.ask.kept'));
        return;
      }
      if (nickname) localStorage.setItem(nicknameKey, nickname.value);
      told.textContent = t('interview.ask.done');
      forgetDrafts(form);
      text.value = '';
      text.dispatchEvent(new Event('input', { bubbles: true }));
      const key = form.querySelector<HTMLInputElement>('input[name="formKey"]');
      if (key) key.value = freshKey();
      done();
    });
  });
}
