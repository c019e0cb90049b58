import { reviewingCards } from '../interview/review/cards.ts';
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
import { focusOnNext, patchList } from './interview/patchList.ts';
import { draw } from './templates.ts';

function redraw(): void {
  const cards = rowsOf('question')
    .flatMap((row) => reviewingCards(row, cardContext()))
    .sort((a, b) => a.at.localeCompare(b.at));
  const [waiting, elsewhere] = [element('waiting'), element('elsewhere')];
  if (!waiting || !elsewhere) return;
  const open = cards.filter((card) => card.waiting).map((card) => ({ id: card.id, data: card }));
  const others = cards.filter((card) => !card.waiting).map((card) => ({ id: card.id, data: card }));
  const drawCard = (card: object) => draw('interview/live-reviewing', card, context);
  focusOnNext(waiting, () => patchList(waiting, open, drawCard));
  patchList(elsewhere, others, drawCard);
  const [count, empty, part] = [element('waiting-count'), element('waiting-empty'), element('elsewhere-part')];
  if (count) count.textContent = String(open.length);
  if (empty) empty.hidden = open.length > 0;
  if (part) part.hidden = others.length === 0;
}

const current = () => document.activeElement?.closest<HTMLElement>('#waiting > [data-id]') ?? null;

function openFold(name: string): void {
  const fold = current()?.querySelector<HTMLDetailsElement>(`[data-fold="${name}"]`);
  if (!fold) return;
  fold.open = true;
  fold.querySelector('textarea')?.focus();
}

joinDesk(redraw);
sendOnTheSpot(() => redraw());
onKeys({
  j: () => step('#waiting > [data-id]', 1),
  k: () => step('#waiting > [data-id]', -1),
  a: () => {
    const { id, question, version } = current()?.dataset ?? {};
    if (id) void deskAct('approve', { answerId: id, questionId: question, version });
  },
  e: () => openFold('edit'),
  r: () => openFold('return'),
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  const form = (event.target as Element).closest<HTMLFormElement>('#waiting form');
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});
