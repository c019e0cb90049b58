import { context, desk, deskAct, element, joinDesk, rowsOf, sendOnTheSpot } from './interview/desk.ts';
import { patchList } from './interview/patchList.ts';
import { freshKey, valuesOf } from './interview/status.ts';
import { forgetDrafts } from './page/drafts.ts';
import { draw } from './templates.ts';
import { t } from './words.ts';

function redraw(kinds: ReadonlySet<string>): void {
  const list = element('turns');
  if (!list || !kinds.has('turn')) return;
  const ordered = rowsOf('turn').sort((a, b) => Number(a['order']) - Number(b['order']));
  const stay = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  patchList(
    list,
    ordered.map((row) => ({ id: row.id, data: { ...row, base: `${desk.base}/recording/${row.id}` } })),
    (row) => draw('interview/live-desk-turn', row, context),
  );
  const empty = element('turns-empty');
  if (empty) empty.hidden = ordered.length > 0;
  if (stay) list.scrollTop = list.scrollHeight;
}

const form = element<HTMLFormElement>('turn-form');
const text = form?.querySelector('textarea');

async function add(): Promise<void> {
  if (!form || !text || form.dataset['busy']) return;
  form.dataset['busy'] = '1';
  const outcome = await deskAct('add', valuesOf(form));
  delete form.dataset['busy'];
  if (!outcome.ok) return;
  text.value = '';
  forgetDrafts(form);
  const key = form.querySelector<HTMLInputElement>('input[name="formKey"]');
  if (key) key.value = freshKey();
  const told = element('turn-told');
  if (told) told.textContent = t('interview.desk.recording.sent');
  text.focus();
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  event.stopPropagation();
  void add();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && (event.target as Element).closest('#turn-form')) {
    event.preventDefault();
    void add();
  }
  if (event.altKey && /^[1-9]$/.test(event.key)) {
    const speaker = document.querySelector<HTMLInputElement>(`input[data-key="${event.key}"]`);
    if (!speaker) return;
    event.preventDefault();
    speaker.checked = true;
    text?.focus();
  }
});
sendOnTheSpot(() => undefined);
joinDesk(redraw);
const list = element('turns');
if (list) list.scrollTop = list.scrollHeight;
