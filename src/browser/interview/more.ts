import { t } from '../words.ts';

const stepSize = 10;
/** So long after the page came it may still go where its address leads, in milliseconds. */
const arrivingMs = 10_000;
/** From here on a record scrolls in a box of its own. */
const wide = matchMedia('(min-width: 60rem)');

/**
 * A long list `[data-some]` shows its first ten entries, or so many as the attribute says, and ten more at a time. With
 * `data-some="last"` it shows its last ones, on a phone. A link to an entry that is not shown shows it. Without scripts
 * everything is there; until this runs, the style sheet decides.
 */
export function shortenLists(within: ParentNode): void {
  within.querySelectorAll<HTMLElement>('[data-some]').forEach(shorten);
}

function shorten(list: HTMLElement): void {
  const some = list.dataset['some'];
  list.removeAttribute('data-some');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-secondary list-more';
  if (some === 'last') showLast(list, button);
  else showFirst(list, button, Number(some) || stepSize);
}

const entriesOf = (list: Element) => [...list.children] as HTMLElement[];
/** What somebody works in stays in sight, wherever it goes. */
const hide = (entry: HTMLElement, away: boolean) => (entry.hidden = away && !entry.contains(document.activeElement));

/** The entry of the list that a click on a link leads to, when it is not shown. */
function onHiddenLink(list: Element, reveal: (entry: HTMLElement) => void): void {
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[href^="#"]');
    const entry = link && document.getElementById(link.hash.slice(1));
    if (entry && entry.parentElement === list && entry.hidden) reveal(entry);
  });
}

function showFirst(list: HTMLElement, button: HTMLButtonElement, atFirst: number): void {
  let shown = atFirst;
  let wanted = location.hash.slice(1);
  setTimeout(() => (wanted = ''), arrivingMs);
  const settle = () => {
    const entries = entriesOf(list);
    const place = wanted === '' ? -1 : entries.findIndex(({ id }) => id === wanted);
    const reach = place >= shown; // the address of the page leads to an entry further down
    if (reach) shown = place + 1;
    for (const [index, entry] of entries.entries()) hide(entry, index >= shown);
    if (reach) entries[place]?.scrollIntoView({ block: 'start' });
    if (reach) wanted = '';
    const left = Math.max(0, entries.length - shown);
    button.hidden = left === 0;
    button.textContent = t('interview-desk.more', { count: left });
  };
  button.addEventListener('click', () => {
    shown += stepSize;
    settle();
  });
  onHiddenLink(list, (entry) => {
    shown = entriesOf(list).indexOf(entry) + 1;
    settle();
  });
  list.after(button);
  settle();
  new MutationObserver(settle).observe(list, { childList: true });
}

/** What is shown stays shown while more comes at the end: nothing moves under somebody who reads. */
function showLast(list: HTMLElement, button: HTMLButtonElement): void {
  let from: HTMLElement | undefined = entriesOf(list).at(-stepSize);
  const settle = () => {
    const entries = entriesOf(list);
    if (!from?.isConnected) from = entries.at(-stepSize) ?? entries[0];
    const first = wide.matches || !from ? 0 : entries.indexOf(from);
    for (const [index, entry] of entries.entries()) hide(entry, index < first);
    button.hidden = first === 0;
    button.textContent = t('interview-desk.earlier', { count: first });
  };
  const reach = (place: number) => {
    from = entriesOf(list)[Math.max(0, place)];
    settle();
  };
  button.addEventListener('click', () => reach(from ? entriesOf(list).indexOf(from) - stepSize : 0));
  onHiddenLink(list, (entry) => reach(entriesOf(list).indexOf(entry)));
  list.before(button);
  settle();
  wide.addEventListener('change', settle);
  new MutationObserver(settle).observe(list, { childList: true });
}

/** Shows more of the list that an entry is the last visible one of. Gives whether there was more. */
export function showMoreAfter(entry: Element | undefined): boolean {
  const button = entry?.parentElement?.nextElementSibling;
  if (!(button instanceof HTMLButtonElement) || !button.matches('.list-more:not([hidden])')) return false;
  button.click();
  return true;
}
