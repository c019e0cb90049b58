import { watchNumbers } from '../numbers/watch.ts';
import { draftOf, forgetDrafts, leaveDraft } from '../page/drafts.ts';
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
  typed.focus({ preventScroll: true });
  said.scrollIntoView({ block: 'nearest' });
  return true;
}

/** From now on the form asks another question. */
function renewKey(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>('input[name="formKey"]');
  if (key) key.value = freshKey();
}

/** The box in which citizens ask. */
export interface AskBox {
  /** This person has asked so many questions here. */
  asked(count: number): void;
  /** The host takes no questions for a while, or takes them again. */
  pause(paused: boolean): void;
  /** The interview takes no more questions. */
  end(): void;
  /** Puts a question that was taken back into the box, to be asked anew. */
  giveBack(text: string): void;
}

const part = (id: string) => document.getElementById(id);
const noBox: AskBox = { asked: () => {}, pause: () => {}, end: () => {}, giveBack: () => {} };

/** Asks without leaving the page. What was typed stays until the server has it; the same form is one question. */
export function keepAskBox(interviewId: string, done: () => void): AskBox {
  const form = document.querySelector<HTMLFormElement>('#ask-form');
  const text = form?.querySelector<HTMLTextAreaElement>('textarea[name="text"]');
  const told = form?.querySelector<HTMLElement>('.ask-told');
  const button = form?.querySelector<HTMLButtonElement>('button[type="submit"]');
  if (!form || !text || !told || !button) return noBox;
  const nickname = form.querySelector<HTMLInputElement>('input[name="nickname"]');
  // A form that leads elsewhere first, to the proof of an address, goes its own way
  if (form.dataset['elsewhere'] === undefined) askOnTheSpot(interviewId, { form, text, told, nickname }, done);
  for (const typed of [text, nickname]) {
    // What was wrong with the words before is not said beside other words
    typed?.addEventListener('input', () => {
      showFault(typed, undefined);
      told.textContent = '';
    });
  }
  carryOver(() => text.value);
  form.addEventListener('focusin', ({ target, relatedTarget }) => {
    // The box opens with the first field; what is pressed in it afterwards must not move under the finger
    if (target instanceof HTMLButtonElement || form.contains(relatedTarget as Node | null)) return;
    const bringIn = () => form.scrollIntoView({ block: 'nearest' });
    bringIn();
    requestAnimationFrame(bringIn); // the browser brings the field alone into the window, after this event
  });
  return {
    asked(count) {
      const left = Math.max(0, Number(form.dataset['most']) - count);
      const { min, max } = form.dataset;
      const hint = part('hint-text');
      if (hint) hint.textContent = t('interview.ask.hint', { min, max, left });
      part('ask-fields')?.toggleAttribute('hidden', left === 0);
      part('ask-none-left')?.toggleAttribute('hidden', left > 0);
    },
    pause(paused) {
      part('ask-paused')?.toggleAttribute('hidden', !paused);
      if (button.disabled !== paused) told.textContent = '';
      button.disabled = paused;
    },
    end() {
      part('ask-over')?.toggleAttribute('hidden', false);
      button.hidden = true;
      told.textContent = '';
    },
    giveBack(words) {
      text.value = text.value.trim() === '' ? words : `${text.value}\n\n${words}`;
      text.dispatchEvent(new Event('input', { bubbles: true }));
      text.focus();
    },
  };
}

interface Parts {
  form: HTMLFormElement;
  text: HTMLTextAreaElement;
  told: HTMLElement;
  nickname: HTMLInputElement | null;
}

function askOnTheSpot(interviewId: string, { form, text, told, nickname }: Parts, done: () => void): void {
  if (nickname && nickname.value === '') nickname.value = localStorage.getItem(nicknameKey) ?? '';
  watchNumbers(text, () => t('moderation.numbers.telephone-public'));
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
      forgetDrafts(form);
      text.value = '';
      text.dispatchEvent(new Event('input', { bubbles: true }));
      told.textContent = t('interview.ask.done');
      renewKey(form);
      done();
    });
  });
}

/** Links to the mailbox take the words along. */
function carryOver(words: () => string): void {
  for (const link of document.querySelectorAll('a[data-carry]')) {
    link.addEventListener('click', () => leaveDraft('/letters/new', 'field-body', words()));
  }
}

/** Where there is no box any more: shows what was typed and not sent in time, and takes it along to the mailbox. */
export function showKeptText(): void {
  const [place, words] = [part('ask-kept'), part('ask-kept-text')];
  const kept = draftOf('field-text');
  if (!place || !words || !kept?.trim()) return;
  words.textContent = kept;
  place.hidden = false;
  carryOver(() => kept);
}
