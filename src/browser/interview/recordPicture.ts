import { t } from '../words.ts';
import { element, tell } from './desk.ts';
import { freshKey } from './status.ts';

interface Refused {
  error?: { message?: string; fields?: Record<string, string> };
}

/** Sends a picture without leaving the desk, so that nobody who types is disturbed. */
export function sendPictures(form: HTMLFormElement | null): void {
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (form.dataset['busy']) return;
    form.dataset['busy'] = '1';
    say(t('interview-record.picture.sending'));
    void send(form).then((sentence) => {
      delete form.dataset['busy'];
      say(sentence === '' ? t('interview-record.picture.done') : '');
      tell(sentence);
      if (sentence !== '') return;
      form.reset();
      const key = form.querySelector<HTMLInputElement>('input[name="formKey"]');
      if (key) key.value = freshKey();
      form.closest('details')?.removeAttribute('open');
    });
  });
}

function say(sentence: string): void {
  const told = element('picture-told');
  if (told) told.textContent = sentence;
}

/** Gives what went wrong, or an empty sentence. */
async function send(form: HTMLFormElement): Promise<string> {
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new FormData(form),
      headers: { accept: 'application/json' },
    });
    if (response.ok) return '';
    const { error } = (await response.json()) as Refused;
    return Object.values(error?.fields ?? {})[0] ?? error?.message ?? t('page.connection.offline');
  } catch {
    return t('page.connection.offline');
  }
}
