import { cityZone } from '../../kernel/time.ts';
import { language, t } from '../words.ts';

const pauseMs = 1500;
// Like every other time on the page: the city's, wherever the device thinks it is
const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: cityZone });

/** Saves the letter on the server while it is typed, and when the page is left; a reload then shows it as it was. */
export function saveWhileTyping(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-draft]');
  if (!form) return;
  // The page came as the answer to a form: loaded again it would ask to send the form again
  const { draft, draftId } = form.dataset;
  history.replaceState(null, '', `/letters/new?step=${draft ?? '1'}&draft=${draftId ?? ''}`);
  let timer = 0;
  let isDirty = false;
  const save = async (keepalive: boolean): Promise<void> => {
    clearTimeout(timer);
    if (!isDirty) return;
    isDirty = false;
    tell(await send(form, keepalive));
  };
  form.addEventListener('input', () => {
    isDirty = true;
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(false), pauseMs);
  });
  form.addEventListener('submit', () => {
    isDirty = false;
    clearTimeout(timer);
  });
  document.addEventListener('visibilitychange', () => void (document.hidden && save(true)));
  addEventListener('pagehide', () => void save(true));
}

/** Gives the moment of saving, null when it failed, undefined when there was nothing to keep. */
async function send(form: HTMLFormElement, keepalive: boolean): Promise<Date | null | undefined> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && name !== 'altcha') body.append(name, value);
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';
  const headers = { accept: 'application/json', 'x-csrf-token': token };
  const answer = await fetch('/letters/new/draft', { method: 'POST', headers, body, keepalive }).catch(() => null);
  if (!answer?.ok) return null;
  const { savedAt } = (await answer.json()) as { savedAt: string | null };
  return savedAt ? new Date(savedAt) : undefined;
}

function tell(savedAt: Date | null | undefined): void {
  const state = document.querySelector('[data-draft-state]');
  if (!state || savedAt === undefined) return;
  state.textContent = savedAt
    ? t('mailbox-draft.state', { time: clock.format(savedAt) })
    : t('mailbox-draft.state-failed');
}

/** Clearing takes away what this browser keeps as well. */
export function clearWithForm(): void {
  for (const form of document.querySelectorAll('form[data-clear-draft]')) {
    form.addEventListener('submit', () => {
      for (const name of Object.keys(sessionStorage)) {
        if (name.startsWith('draft /letters/new')) sessionStorage.removeItem(name);
      }
    });
  }
}
