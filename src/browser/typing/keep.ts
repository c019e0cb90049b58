import { cityZone } from '../../kernel/time.ts';
import { language, t } from '../words.ts';
import { forget, remember, restore, textsIn, type Texts } from './kept.ts';

const pauseMs = 1000;
const sentName = 'typing-sent';
const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: cityZone });

/** Saves `form[data-typing]` at the address it names while somebody types, and says so, and who else is writing. */
export function keepTyping(): void {
  settleSent();
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-typing]')) follow(form);
}

/** A form that was sent and taken needs no memory; a page of faults shows its texts again. */
function settleSent(): void {
  const sent = sessionStorage.getItem(sentName);
  sessionStorage.removeItem(sentName);
  if (sent && !document.querySelector('.error-summary, .field-wrong, .error-page')) sessionStorage.removeItem(sent);
}

function follow(form: HTMLFormElement): void {
  let known: Texts = textsIn(form);
  let timer = 0;
  // What is marked by hand or ticked by a script says nothing of itself: the whole form is compared
  let there = bodyOf(form).toString();
  const isDirty = (): boolean => bodyOf(form).toString() !== there;
  const save = async (keepalive = false): Promise<void> => {
    clearTimeout(timer);
    if (!isDirty()) return;
    const before = there;
    const texts = textsIn(form);
    there = bodyOf(form).toString();
    const saved = await send(form, keepalive);
    if (saved) {
      known = texts;
      remember(form, known);
    } else there = before;
    tell(form, saved);
  };
  form.addEventListener('input', () => {
    remember(form, known);
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(), pauseMs);
  });
  form.addEventListener('submit', () => {
    there = bodyOf(form).toString();
    clearTimeout(timer);
    sessionStorage.setItem(sentName, `typing ${form.dataset['typing'] ?? ''}`);
  });
  // Another form of the page shows this one again: it waits until the server has what was chosen
  document.addEventListener(
    'submit',
    (event) => {
      const other = event.target as HTMLFormElement;
      if (!isDirty() || other === form) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      void save().finally(() => {
        there = bodyOf(form).toString();
        other.requestSubmit(submitter);
      });
    },
    true,
  );
  document.addEventListener('visibilitychange', () => void (document.hidden && save(true)));
  addEventListener('pagehide', () => void save(true));
  if (!restore(form) && Object.values(known).every((text) => text === '')) forget(form);
}

interface Saved {
  savedAt: string | null;
  others: string[];
}

/** The form as it stands now, without what belongs to the page. */
function bodyOf(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams({ base: form.dataset['base'] ?? '' });
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && name !== '_csrf' && name !== 'base') body.append(name, value);
  }
  return body;
}

async function send(form: HTMLFormElement, keepalive: boolean): Promise<Saved | null> {
  const body = bodyOf(form);
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';
  const headers = { accept: 'application/json', 'x-csrf-token': token };
  const answer = await fetch(form.dataset['typing'] ?? '', { method: 'POST', headers, body, keepalive }).catch(
    () => null,
  );
  return answer?.ok ? ((await answer.json()) as Saved) : null;
}

function tell(form: HTMLFormElement, saved: Saved | null): void {
  const state = form.querySelector('[data-typing-state]');
  if (!state) return;
  const others = saved?.others.length ? t('drafts.others', { names: saved.others.join(t('drafts.and')) }) : '';
  const words = saved?.savedAt ? t('drafts.saved', { time: clock.format(new Date(saved.savedAt)) }) : '';
  state.textContent = saved ? [words, others].filter(Boolean).join('　') : t('drafts.failed');
}
