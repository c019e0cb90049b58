import { byOrder } from '../interview/cards.ts';
import {
  context,
  countSheet,
  desk,
  deskAct,
  element,
  joinDesk,
  onKeys,
  rowsOf,
  sendOnTheSpot,
  step,
} from './interview/desk.ts';
import { patchList } from './interview/patchList.ts';
import { sendPictures } from './interview/recordPicture.ts';
import { freshKey, valuesOf } from './interview/status.ts';
import type { Row } from './live/index.ts';
import { forgetDrafts } from './page/drafts.ts';
import { draw } from './templates.ts';
import { t } from './words.ts';

function fill(list: HTMLElement | null, turns: readonly Row[]): void {
  if (!list) return;
  patchList(
    list,
    turns.map((row) => ({ id: row.id, data: { ...row, base: `${desk.base}/recording/${row.id}` } })),
    (row) => draw('interview/live-desk-turn', row, context),
  );
}

const waiting = () =>
  rowsOf('turn')
    .filter((row) => row['waiting'])
    .sort(byOrder);

function redraw(kinds: ReadonlySet<string>): void {
  const list = element('turns');
  if (!list || !kinds.has('turn')) return;
  const said = rowsOf('turn').filter((row) => !row['waiting']);
  const prepared = waiting();
  const held = document.activeElement?.matches('.turn') ? document.activeElement.id : '';
  const stay = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  fill(list, said.sort(byOrder));
  fill(element('prepared'), prepared);
  countSheet('record', said.length);
  const [empty, box] = [element('turns-empty'), element('prepared-box')];
  if (empty) empty.hidden = said.length > 0;
  if (box) box.hidden = prepared.length === 0;
  if (stay) list.scrollTop = list.scrollHeight;
  // An element that is put elsewhere loses the keyboard
  if (held) element(held)?.focus();
}

const form = element<HTMLFormElement>('turn-form');
const text = form?.querySelector('textarea');
const told = (sentence: string) => {
  const place = element('turn-told');
  if (place) place.textContent = sentence;
};

async function add(): Promise<void> {
  if (!form || !text || form.dataset['busy']) return;
  form.dataset['busy'] = '1';
  const outcome = await deskAct('add', valuesOf(form));
  delete form.dataset['busy'];
  const isSpent = outcome.ok || outcome.error.code === 'form-used';
  const key = form.querySelector<HTMLInputElement>('input[name="formKey"]');
  if (key && isSpent) key.value = freshKey();
  if (!outcome.ok) return;
  text.value = '';
  text.dispatchEvent(new Event('input', { bubbles: true }));
  forgetDrafts(form);
  told(t('interview.desk.recording.sent'));
  text.focus();
}

let releasing = false;
/** The first of what is prepared goes out. */
async function release(): Promise<void> {
  const next = waiting().find((row) => !row['removed']);
  if (releasing || !desk['releasing']) return;
  if (!next) return told(t('interview-record.nothing-prepared'));
  releasing = true;
  const outcome = await deskAct('release', { turnId: next.id, version: next['version'] });
  releasing = false;
  if (outcome.ok) told(t('interview-record.released'));
}

const turnHere = () => document.activeElement?.closest<HTMLElement>('.turn[data-id]') ?? null;

function move(to: 'earlier' | 'later'): void {
  const row = turnHere();
  if (row) void deskAct('move', { turnId: row.dataset['id'], version: row.dataset['version'], to });
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  event.stopPropagation();
  void add();
});
document.addEventListener('keydown', (event) => {
  const target = event.target as Element;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && target.closest('#turn-form')) {
    event.preventDefault();
    void add();
  }
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  // By place on the keyboard: with Alt some layouts write another sign
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1] ?? (/^[0-9]$/.test(event.key) ? event.key : null);
  const speaker = digit && document.querySelector<HTMLInputElement>(`input[data-key="${digit}"]`);
  if (digit === '0' && !event.repeat) {
    event.preventDefault();
    void release();
  } else if (speaker) {
    event.preventDefault();
    speaker.checked = true;
    text?.focus();
  } else if (
    (event.key === 'ArrowUp' || event.key === 'ArrowDown') &&
    !target.closest('textarea, input') &&
    turnHere()
  ) {
    event.preventDefault();
    move(event.key === 'ArrowUp' ? 'earlier' : 'later');
  }
});
onKeys({
  j: () => step('.turn[data-id]', 1),
  k: () => step('.turn[data-id]', -1),
  e: () => {
    const fold = turnHere()?.querySelector<HTMLDetailsElement>('[data-fold="correct"]');
    if (!fold) return;
    fold.open = true;
    fold.querySelector('textarea')?.focus();
  },
});
sendOnTheSpot((act, sent) => {
  if (act === 'correct') sent.closest<HTMLElement>('.turn')?.focus();
});
sendPictures(element<HTMLFormElement>('picture-form'));
joinDesk(redraw);
const list = element('turns');
if (list) list.scrollTop = list.scrollHeight;
