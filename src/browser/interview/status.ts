import { reconnect, type Counters, type State } from '../live/index.ts';
import { t } from '../words.ts';

const words: Record<State, () => string> = {
  live: () => t('page.connection.live'),
  'catching-up': () => t('page.connection.catching-up'),
  offline: () => t('page.connection.offline'),
};

/** Says honestly how the page is connected. */
export function showState(state: State): void {
  const element = document.getElementById('connection');
  if (!element || element.dataset['state'] === state) return;
  element.dataset['state'] = state;
  element.textContent = words[state]();
  const again = document.getElementById('reconnect');
  if (!again) return;
  again.hidden = state !== 'offline';
  again.onclick = reconnect;
}

/** How many people are there. */
export function showOnline(counters: Counters): void {
  const element = document.getElementById('room-online');
  const online = counters['online'];
  if (!element || typeof online !== 'number') return;
  // Before the first count there is none, and after it there is at least whoever reads this
  if (online > 0 && element.dataset['hides'] === undefined) element.hidden = false;
  element.textContent = t('interview.online', { count: online });
}

/** The data block of the page, written by the server. */
export function roomData<Data>(): Data {
  return JSON.parse(document.getElementById('room-data')?.textContent ?? '{}') as Data;
}

/** A key for a form, so that sending it twice does it once. */
export function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a form holds, as an action takes it. */
export function valuesOf(form: HTMLFormElement, submitter?: HTMLElement | null): Record<string, string> {
  const data = new FormData(form, submitter instanceof HTMLButtonElement ? submitter : undefined);
  const values: Record<string, string> = {};
  for (const [name, value] of data) if (name !== '_csrf' && typeof value === 'string') values[name] = value;
  return values;
}
