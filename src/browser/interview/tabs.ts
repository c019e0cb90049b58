/** On a phone the page is three tabs; on a desk everything is seen at once and the tabs are not there. */
export function switchTabs(room: HTMLElement): void {
  const links = [...room.querySelectorAll<HTMLAnchorElement>('.room-tabs [data-view]')];
  const show = (view: string) => {
    room.dataset['view'] = view;
    for (const link of links) {
      if (link.dataset['view'] === view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  };
  for (const link of links) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      show(link.dataset['view'] ?? 'stage');
      history.replaceState(null, '', link.hash);
      window.scrollTo({ top: 0 });
    });
  }
  const asked = location.hash.slice(1);
  const first = asked.startsWith('question')
    ? 'questions'
    : links.some(({ dataset }) => dataset['view'] === asked)
      ? asked
      : 'stage';
  show(first);
  new MutationObserver(() => {
    const view = room.dataset['view'] ?? 'stage';
    if (!links.some((link) => link.dataset['view'] === view && link.hasAttribute('aria-current'))) show(view);
  }).observe(room, { attributeFilter: ['data-view'] });
}
