/**
 * Keeps `[data-follow]` up to date by itself: fetches the same page every so many seconds and puts the part with the
 * same id in its place, until that part no longer asks for it. Without scripts there is a link to load the page again.
 * A part that stands on every page names an address of its own in `data-follow-from`, and is replaced when it says
 * something else.
 */
export function followProgress(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-follow][id]')) void followPart(part.id);
}

async function followPart(id: string): Promise<void> {
  for (;;) {
    const seconds = Number(document.getElementById(id)?.dataset['follow']);
    if (!(seconds > 0)) return;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    if (document.hidden) continue;
    const present = document.getElementById(id);
    const fresh = await freshPart(id, present?.dataset['followFrom']).catch(() => undefined);
    if (present?.dataset['followFrom'] && wordsOf(fresh) === wordsOf(present)) continue;
    // Not while somebody reads along with the keyboard inside it
    if (fresh && present && !present.contains(document.activeElement)) present.replaceWith(fresh);
  }
}

const wordsOf = (part: HTMLElement | null | undefined) => part?.textContent?.replace(/\s+/g, ' ').trim();

async function freshPart(id: string, from?: string): Promise<HTMLElement | undefined> {
  const address = from ? `${from}?back=${encodeURIComponent(location.pathname + location.search)}` : location.href;
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  if (!response.ok) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.getElementById(id) ?? undefined;
}
