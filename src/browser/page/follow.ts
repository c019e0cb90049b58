/**
 * Keeps `[data-follow]` up to date by itself: fetches the same page every so many seconds and puts the part with the
 * same id in its place, until that part no longer asks for it. Without scripts there is a link to load the page again.
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
    const fresh = await freshPart(id).catch(() => undefined);
    // Not while somebody reads along with the keyboard inside it
    const present = document.getElementById(id);
    if (fresh && present && !present.contains(document.activeElement)) present.replaceWith(fresh);
  }
}

async function freshPart(id: string): Promise<HTMLElement | undefined> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.getElementById(id) ?? undefined;
}
