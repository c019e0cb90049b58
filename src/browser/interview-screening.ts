import { screeningCard } from '../interview/cards.ts';
import {
  cardContext,
  context,
  deskAct,
  element,
  joinDesk,
  onKeys,
  rowsOf,
  sendOnTheSpot,
  step,
} from './interview/desk.ts';
import { patchList } from './interview/patchList.ts';
import { showUndo } from './interview/undo.ts';
import { draw } from './templates.ts';
import { t } from './words.ts';

function redraw(): void {
  const cards = rowsOf('question').map((row) => screeningCard(row, cardContext()));
  const waiting = cards
    .filter((one) => one.waiting)
    .sort((a, b) => String(a['at' as never]).localeCompare(String(b['at' as never])));
  const decided = cards
    .filter((one) => !one.waiting)
    .sort((a, b) => b.revision - a.revision)
    .slice(0, 40);
  const drawCard = (card: object) => draw('interview/live-screening', card, context);
  const [open, done] = [element('waiting'), element('decided')];
  if (!open || !done) return;
  const lost = document.activeElement?.closest<HTMLElement>('#waiting [data-id]');
  const place = lost ? [...open.children].indexOf(lost) : -1;
  patchList(
    open,
    waiting.map((card) => ({ id: card.id, data: card })),
    drawCard,
  );
  patchList(
    done,
    decided.map((card) => ({ id: card.id, data: card })),
    drawCard,
  );
  // The one that was worked on has gone: the keyboard goes to the one that took its place
  if (place !== -1 && lost && !waiting.some(({ id }) => id === lost.dataset['id'])) {
    ((open.children[place] ?? open.lastElementChild) as HTMLElement | null)?.focus();
  }
  const count = element('waiting-count');
  if (count) count.textContent = String(waiting.length);
  const empty = element('waiting-empty');
  if (empty) empty.hidden = waiting.length > 0;
}

const current = () => document.activeElement?.closest<HTMLElement>('#waiting [data-id]') ?? null;
let undo: (() => void) | undefined;

function decided(name: string, questionId: string): void {
  if (name !== 'publish' && name !== 'reject') return;
  const sentence =
    name === 'publish' ? t('interview.desk.screening.published-undo') : t('interview.desk.screening.rejected-undo');
  undo = showUndo(sentence, 'U', () => void deskAct('reconsider', { questionId }));
}

function openFold(name: string): void {
  const fold = current()?.querySelector<HTMLDetailsElement>(`[data-fold="${name}"]`);
  if (!fold) return;
  fold.open = true;
  fold.querySelector<HTMLElement>('textarea, input')?.focus();
  const id = current()?.dataset['id'];
  if (id) void deskAct('claim', { questionId: id });
}

async function publish(): Promise<void> {
  const id = current()?.dataset['id'];
  if (!id) return;
  const outcome = await deskAct('publish', { questionId: id });
  if (outcome.ok) decided('publish', id);
}

joinDesk(redraw);
sendOnTheSpot((name, form) => decided(name, form.closest<HTMLElement>('[data-id]')?.dataset['id'] ?? ''));
onKeys({
  j: () => step('#waiting > [data-id]', 1),
  k: () => step('#waiting > [data-id]', -1),
  p: () => void publish(),
  e: () => openFold('edit'),
  r: () => openFold('reject'),
  Enter: () => {
    const id = current()?.dataset['id'];
    if (id) void deskAct('claim', { questionId: id });
  },
  u: () => undo?.(),
});
