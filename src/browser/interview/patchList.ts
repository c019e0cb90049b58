/** One entry of a drawn list: what it looks like is decided by `data` alone. */
export interface Entry {
  id: string;
  data: object;
}

/** What each row looked like when it was drawn. */
const looks = { drawn: new WeakMap<Element, string>() };

/** Every row is drawn anew the next time, whatever its data: what all of them depend on has changed. */
export function drawAnew(): void {
  looks.drawn = new WeakMap();
}

/** True when replacing the element would take words or the caret from under somebody's hands. */
function isInUse(element: Element): boolean {
  return element.querySelector('details[open]') !== null || element.matches(':has(textarea:focus, input:focus)');
}

const reachable = 'a[href], button, summary, input, textarea, select';

/** The place of what has the keyboard among those of an element that can have it; -1: the element itself; null: none. */
function placeOfFocus(element: Element): number | null {
  const { activeElement } = document;
  if (!activeElement || !element.contains(activeElement)) return null;
  return [...element.querySelectorAll(reachable)].indexOf(activeElement);
}

/** The keyboard stays where it was although the row was drawn anew. */
function focusAt(fresh: HTMLElement, place: number): void {
  const same = fresh.querySelectorAll<HTMLElement>(reachable)[place];
  if (!same && fresh.tabIndex < 0) fresh.tabIndex = -1;
  (same ?? fresh).focus({ preventScroll: true });
}

/** Runs a redraw of a list; when the entry that was worked on has gone, the keyboard goes to the one in its place. */
export function focusOnNext(list: Element, redraw: () => void): void {
  const here = document.activeElement?.closest<HTMLElement>('[data-id]');
  const place = here ? [...list.children].indexOf(here) : -1;
  redraw();
  if (place === -1 || here?.isConnected || document.activeElement?.closest('[data-id]')) return;
  ((list.children[place] ?? list.lastElementChild) as HTMLElement | null)?.focus();
}

/**
 * Makes the children of a list those of `entries`, in their order, and draws only what changed. An element that is being
 * worked in stays as it is until `force` or until it is left. Elements carry `data-id`.
 */
export function patchList(
  list: Element,
  entries: readonly Entry[],
  draw: (data: object) => DocumentFragment,
  force = false,
): void {
  const there = new Map([...list.children].map((element) => [(element as HTMLElement).dataset['id'] ?? '', element]));
  let before: Element | null = null;
  for (const { id, data } of entries) {
    const look = JSON.stringify(data);
    let element = there.get(id);
    there.delete(id);
    if (!element || (looks.drawn.get(element) !== look && (force || !isInUse(element)))) {
      const fresh = draw(data).firstElementChild as Element;
      if (element) {
        const place = placeOfFocus(element);
        element.replaceWith(fresh);
        if (place !== null) focusAt(fresh as HTMLElement, place);
      }
      element = fresh;
      looks.drawn.set(element, look);
    }
    const place: Element | null = before ? before.nextElementSibling : list.firstElementChild;
    if (place !== element) list.insertBefore(element, place);
    before = element;
  }
  for (const left of there.values()) left.remove();
}
