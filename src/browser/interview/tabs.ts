const away = 'data-away';

/**
 * On a phone the page of a room or a desk is some tabs, of which one is seen; on a wide screen everything is seen at once
 * and the tabs are not there. `[data-panel]` names the tab that a part belongs to; links within the page lead to theirs.
 */
export function switchTabs(room: HTMLElement): void {
  const bar = room.querySelector<HTMLElement>('.room-tabs');
  const links = [...(bar?.querySelectorAll<HTMLAnchorElement>('[data-view]') ?? [])];
  const home = links[0]?.dataset['view'];
  if (!bar || !home) return;
  const isTab = (name: string | undefined) => links.some(({ dataset }) => dataset['view'] === name);
  const show = (view: string) => {
    room.dataset['view'] = view;
    for (const link of links) {
      if (link.dataset['view'] === view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    for (const panel of room.querySelectorAll<HTMLElement>('[data-panel]')) {
      panel.toggleAttribute(away, panel.dataset['panel'] !== view);
    }
  };
  /** The tab that an address within the page leads to. */
  const tabOf = (asked: string): string | undefined => {
    if (isTab(asked)) return asked;
    const panel = document.getElementById(asked)?.closest<HTMLElement>('[data-panel]')?.dataset['panel'];
    if (isTab(panel)) return panel;
    return asked.startsWith('question') && isTab('questions') ? 'questions' : undefined;
  };
  for (const link of links) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      show(link.dataset['view'] ?? home);
      history.replaceState(null, '', link.hash);
      toBeginning(bar);
    });
  }
  room.addEventListener('click', ({ target }) => {
    const link = target instanceof Element && target.closest<HTMLAnchorElement>('a[href^="#"]');
    const tab = link && !bar.contains(link) && tabOf(link.hash.slice(1));
    if (tab) show(tab);
  });
  show(tabOf(location.hash.slice(1)) ?? home);
  new MutationObserver(() => {
    const view = room.dataset['view'] ?? home;
    if (!links.some((link) => link.dataset['view'] === view && link.hasAttribute('aria-current'))) show(view);
  }).observe(room, { attributeFilter: ['data-view'] });
}

/** Who has scrolled down begins a new tab at its beginning, and does not see the head of the page again. */
function toBeginning(bar: HTMLElement): void {
  const { top, height } = bar.getBoundingClientRect();
  const next = bar.nextElementSibling?.getBoundingClientRect().top ?? top + height;
  if (next < top + height) scrollBy({ top: next - top - height, behavior: 'instant' });
}
