import { draw } from '../templates.ts';
import { t } from '../words.ts';
import { element } from './desk.ts';

/** Calls in the title of the window, which is seen from elsewhere as well, until `stop`; gives `stop`. */
function callInTitle(): () => void {
  const before = document.title;
  const show = () => {
    document.title = document.title === before ? `● ${t('interview-desk.called')}` : before;
  };
  show();
  const timer = setInterval(show, 1_000);
  return () => {
    clearInterval(timer);
    document.title = before;
  };
}

/** Opens the editor of a question; false where this page does not have it yet. */
function openEditor(id: string): boolean {
  const text = element<HTMLTextAreaElement>(`answer-${id}`);
  if (!text) return false;
  text.closest('details')?.setAttribute('open', '');
  text.focus();
  return true;
}

/** Tells a guest at the top of the window which question the host calls, wherever they read or write. */
export function followCalls(): (card: { id: string } | undefined) => void {
  const place = element('called');
  const call = { id: place?.querySelector<HTMLElement>('[data-called]')?.dataset['called'], stop: () => {} };
  const quiet = () => {
    if (!document.hidden) call.stop();
  };
  for (const event of ['pointerdown', 'keydown', 'visibilitychange']) document.addEventListener(event, quiet);
  place?.addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('[data-called]');
    if (!link) return;
    event.preventDefault();
    if (openEditor(link.dataset['called'] ?? '')) return;
    location.hash = link.hash;
    location.reload();
  });
  return (card) => {
    if (!place || card?.id === call.id) return;
    call.id = card?.id;
    call.stop();
    place.hidden = !card;
    place.replaceChildren(...(card ? [draw('interview/live-called', card, {})] : []));
    if (!card) return;
    const stop = callInTitle();
    call.stop = () => {
      stop();
      call.stop = () => {};
    };
    navigator.vibrate?.([200, 100, 200]);
  };
}
