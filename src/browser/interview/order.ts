import type { Row } from '../live/index.ts';
import { draw } from '../templates.ts';

/** Keeps a desk's part about order up to date: whether the room is guarded, and who is banned. */
export function showOrder(rows: readonly Row[], context: Readonly<Record<string, unknown>>): void {
  for (const row of rows) {
    if (row.id === 'phase')
      document.getElementById('desk-guard')?.replaceChildren(draw('interview/live-guard', row, context));
    if (row.id === 'bans')
      document.getElementById('desk-bans')?.replaceChildren(draw('interview/live-bans', row, context));
  }
}
