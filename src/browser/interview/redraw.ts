/** The hour is over: also for somebody who still types, nothing is being answered any more. */
export function hideNow(): void {
  for (const id of ['room-stage', 'room-next', 'room-notices']) {
    document.getElementById(id)?.toggleAttribute('hidden', true);
  }
}

/** Waits while somebody writes; the ask box keeps its draft in any case. */
export function afterTyping(then: () => void): void {
  const typing = () =>
    document.activeElement?.matches('textarea, input') && (document.activeElement as HTMLTextAreaElement).value !== '';
  const wait = () => (typing() ? setTimeout(wait, 2_000) : then());
  setTimeout(wait, 300 + Math.random() * 1_500);
}
