/** Where the reader's pointer or finger was last: what changes beside it must not move what is under it. */
let elsewhere = false;

/** Notes when somebody reads in the column `beside` the list. */
export function noticeReading(beside: Element): void {
  document.addEventListener(
    'pointermove',
    ({ target }) => {
      elsewhere = target instanceof Element && beside.contains(target);
    },
    { passive: true },
  );
}

/** The row in the middle of the window, or the first that is to be seen. */
function rowRead(list: Element): HTMLElement | undefined {
  const rows = [...list.children] as HTMLElement[];
  const middle = innerHeight / 2;
  const seen = rows.filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  return seen.find((row) => row.getBoundingClientRect().bottom > middle) ?? seen[0];
}

/** Draws a list anew without moving what is read in it: the row in the middle of the window stays where it is. */
export function keepSteady(list: Element, redraw: () => void): void {
  const row = scrollY > 0 && !elsewhere ? rowRead(list) : undefined;
  const before = row?.getBoundingClientRect().top ?? 0;
  redraw();
  const id = row?.dataset['id'];
  const after =
    id === undefined ? undefined : [...list.children].find((one) => (one as HTMLElement).dataset['id'] === id);
  if (!after) return;
  const moved = after.getBoundingClientRect().top - before;
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' });
}
