import { byOrder, newestPicture } from '../../interview/cards.ts';
import type { Row } from '../live/index.ts';
import { draw } from '../templates.ts';
import { t } from '../words.ts';
import { patchList } from './patchList.ts';

let seen = new Set<string>();

/** True when the reader is at the end of the record and wants to stay there. */
function atEnd(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < 48;
}

/** Draws the record; who reads at its end stays at the end, who reads further up is told what is new. */
export function showRecord(turns: readonly Row[], context: Readonly<Record<string, unknown>>): void {
  const box = document.getElementById('record');
  const list = document.getElementById('turns');
  const pill = document.getElementById('turns-pill');
  if (!box || !list || !pill) return;
  const stay = atEnd(box);
  const ordered = [...turns].sort(byOrder);
  patchList(
    list,
    ordered.map((row) => ({ id: row.id, data: row })),
    (row) => draw('interview/live-turn', row, context),
  );
  const empty = document.getElementById('turns-empty');
  if (empty) empty.hidden = ordered.length > 0;
  const fresh = ordered.filter(({ id }) => !seen.has(id)).length;
  const read = () => {
    seen = new Set(ordered.map(({ id }) => id));
    pill.hidden = true;
  };
  if (stay || seen.size === 0) {
    box.scrollTop = box.scrollHeight;
    return read();
  }
  pill.hidden = fresh === 0;
  pill.textContent = t('page.new-rows', { count: fresh });
  pill.onclick = () => {
    box.scrollTop = box.scrollHeight;
    read();
  };
}

let shownPicture = '';

/** Shows the picture that came last beside what is being answered. */
export function showPicture(turns: readonly Row[], context: Readonly<Record<string, unknown>>): void {
  const place = document.getElementById('room-picture');
  const turn = newestPicture(turns);
  if (!place || shownPicture === (turn?.id ?? '')) return;
  shownPicture = turn?.id ?? '';
  place.hidden = turn === null;
  place.replaceChildren(...(turn ? [draw('interview/live-stage-picture', turn, context)] : []));
}
