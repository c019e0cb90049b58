import type { Row } from '../live/index.ts';
import { draw } from '../templates.ts';

/** Says in the place of the ask box that this person may not ask here any more, and why; gives the box back later. */
export function showBan(row: Row, context: Readonly<Record<string, unknown>>): void {
  const [place, form] = [document.getElementById('ask-ban'), document.getElementById('ask-form')];
  if (!place || !form) return;
  form.hidden = row.gone !== true;
  if (row.gone) place.replaceChildren();
  else place.replaceChildren(draw('interview/live-ban', row, context));
}
