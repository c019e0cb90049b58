import { screeningCard } from '../interview/cards.ts';
import {
  cardContext,
  context,
  desk,
  deskAct,
  element,
  joinDesk,
  onKeys,
  rowsOf,
  sendOnTheSpot,
  step,
  tell,
} from './interview/desk.ts';
import { act } from './live/index.ts';
import { patchList } from './interview/patchList.ts';
import { showUndo } from './interview/undo.ts';
import { draw } from './templates.ts';
import { t } from './words.ts';

let similar: Readonly<Record<string, readonly object[]>> = {};

const chosen = new Set<string>();

/** Which waiting questions were looked up, with the words they had then. */
const lookedUp = new Map<string, string>();
let looking: ReturnType<typeof setTimeout> | undefined;

/** Looks up published questions like the first waiting ones, some at a time, as long as there are any to look up. */
function lookUp(waiting: readonly { id: string; text: string }[]): void {
  clearTimeout(looking);
  const open = waiting.filter(({ id, text }) => lookedUp.get(id) !== text).slice(0, 20);
  if (open.length === 0) return;
  looking = setTimeout(() => {
    for (const { id, text } of open) lookedUp.set(id, text);
    const input = { interviewId: desk.id, questionIds: open.map(({ id }) => id) };
    void act('interview.screening.similar', input).then((outcome) => {
      if (!outcome.ok) return;
      const none = Object.fromEntries(open.map(({ id }) => [id, []]));
      similar = { ...similar, ...none, ...(outcome.value as typeof similar) };
      redraw();
    });
  }, 400);
}

function redraw(): void {
  const rows = rowsOf('question');
  const texts = Object.fromEntries(rows.map((row) => [row.id, String(row['text'])]));
  const cards = rows.map((row) => screeningCard(row, { ...cardContext(), similar, texts }));
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
  lookUp(waiting.slice(0, 100).map(({ id }) => ({ id, text: texts[id] ?? '' })));
  // A card that was drawn anew stays chosen
  for (const box of open.querySelectorAll<HTMLInputElement>('input[name="questionIds"]')) {
    box.checked = chosen.has(box.value);
  }
  countChosen();
  const many = element('many-form');
  if (many) many.hidden = waiting.length === 0;
  const count = element('waiting-count');
  if (count) count.textContent = String(waiting.length);
  const empty = element('waiting-empty');
  if (empty) empty.hidden = waiting.length > 0;
}

const current = () => document.activeElement?.closest<HTMLElement>('#waiting [data-id]') ?? null;
let undo: (() => void) | undefined;

const sentences: Record<string, (count: number) => string> = {
  publish: (count) => t('interview.desk.screening.undo-publish', { count }),
  reject: (count) => t('interview.desk.screening.undo-reject', { count }),
  merge: (count) => t('interview.desk.screening.undo-merge', { count }),
};

function decided(name: string, questionIds: readonly string[]): void {
  // What like questions there are has changed with it
  lookedUp.clear();
  const sentence = sentences[name];
  if (!sentence || questionIds.length === 0) return;
  undo = showUndo(sentence(questionIds.length), 'U', () => void deskAct('undo', { questionIds }));
}

/** Publishes or rejects all that are chosen. */
async function decideMany(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const data = new FormData(form, submitter);
  const questionIds = data.getAll('questionIds').map(String);
  const name = String(data.get('act'));
  if (questionIds.length === 0) return tell(t('interview.errors.choose-questions'));
  const outcome = await deskAct('many', { questionIds, act: name, reason: String(data.get('reason')) });
  if (!outcome.ok) return;
  const { done, left } = outcome.value as { done: string[]; left: number };
  if (left > 0) tell(t('interview.desk.screening.many-left', { count: left }));
  chosen.clear();
  decided(name, done);
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.id === 'undo-form') {
    event.preventDefault();
    const questionIds = new FormData(form).getAll('questionIds').map(String);
    form.remove();
    void deskAct('undo', { questionIds });
  }
  if (form.id !== 'many-form') return;
  event.preventDefault();
  void decideMany(form, event.submitter);
});

function countChosen(): void {
  const count = document.querySelectorAll('#waiting input[name="questionIds"]:checked').length;
  element('many-form')?.toggleAttribute('data-none', count === 0);
  const place = element('many-count');
  if (place)
    place.textContent =
      count > 0 ? t('interview.desk.screening.chosen', { count }) : t('interview.desk.screening.many');
}
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.name !== 'questionIds') return;
  if (target.checked) chosen.add(target.value);
  else chosen.delete(target.value);
  countChosen();
});
countChosen();

function openFold(name: string): void {
  const fold = current()?.querySelector<HTMLDetailsElement>(`[data-fold="${name}"]`);
  if (!fold) return;
  fold.open = true;
  fold.querySelector<HTMLElement>('textarea, input:not([type="hidden"]), select')?.focus();
  const id = current()?.dataset['id'];
  if (id) void deskAct('claim', { questionId: id });
}

async function publish(): Promise<void> {
  const id = current()?.dataset['id'];
  if (!id) return;
  const outcome = await deskAct('publish', { questionId: id });
  if (outcome.ok) decided('publish', [id]);
}

joinDesk(redraw);
sendOnTheSpot((name, form) => {
  const id = form.closest<HTMLElement>('[data-id]')?.dataset['id'];
  if (id) decided(name, [id]);
});
// The server's bar of the page before goes as the page's own does
setTimeout(() => element('undo-form')?.remove(), 10_000);
onKeys({
  j: () => step('#waiting > [data-id]', 1),
  k: () => step('#waiting > [data-id]', -1),
  p: () => void publish(),
  e: () => openFold('edit'),
  r: () => openFold('reject'),
  m: () => openFold('merge'),
  t: () => openFold('pass'),
  x: () => current()?.querySelector<HTMLInputElement>('input[name="questionIds"]')?.click(),
  Enter: () => {
    const id = current()?.dataset['id'];
    if (id) void deskAct('claim', { questionId: id });
  },
  u: () => (element('undo-form') ? (element('undo-form') as HTMLFormElement).requestSubmit() : undo?.()),
});
