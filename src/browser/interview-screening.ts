import { foundCards, screeningCard } from '../interview/cards.ts';
import {
  cardContext,
  context,
  countSheet,
  desk,
  deskAct,
  element,
  joinDesk,
  onKeys,
  rows,
  rowsOf,
  sendOnTheSpot,
  sentenceOf,
  step,
  tell,
  votes,
} from './interview/desk.ts';
import { act } from './live/index.ts';
import { followReceivers } from './interview/passing.ts';
import { patchList } from './interview/patchList.ts';
import { showUndo } from './interview/undo.ts';
import { draw } from './templates.ts';
import { t } from './words.ts';

/** Public questions like the waiting ones; at first those that the page was drawn with. */
let similar = (desk['similar'] ?? {}) as Readonly<Record<string, readonly object[]>>;

const chosen = new Set<string>();
/** What was decided on this page, and when: its words are saved. */
const sent = new Map<string, number>();

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
  const questions = rowsOf('question');
  const texts = Object.fromEntries(questions.map((row) => [row.id, String(row['text'])]));
  const cards = questions.map((row) => screeningCard(row, { ...cardContext(), similar, texts }));
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
  for (const card of waiting) {
    tellTakenOver(card);
    followVersion(card, texts[card.id] ?? '');
  }
  for (const { id } of decided) keepTyped(open.querySelector<HTMLElement>(`[data-id="${id}"]`));
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
  placeKeyboard();
  // A card that was drawn anew stays chosen
  for (const box of open.querySelectorAll<HTMLInputElement>('input[name="questionIds"]')) {
    box.checked = chosen.has(box.value);
  }
  countChosen();
  const many = element('many-form');
  if (many) many.hidden = waiting.length === 0;
  const count = element('waiting-count');
  if (count) count.textContent = String(waiting.length);
  countSheet('waiting', waiting.length);
  const empty = element('waiting-empty');
  if (empty) empty.hidden = waiting.length > 0;
  const noneDecided = element('decided-empty');
  if (noneDecided) noneDecided.hidden = decided.length > 0;
}

/**
 * An open edit goes on from the question as it is now, as long as its words are those that the edit began with: looking
 * at it or taking it over counts its version up, too.
 */
function followVersion(row: { id: string; [field: string]: unknown }, text: string): void {
  const form = document.querySelector<HTMLFormElement>(`#waiting [data-id="${row.id}"] [data-fold="edit"] form`);
  const version = form?.querySelector<HTMLInputElement>('input[name="version"]');
  if (version && form?.querySelector('textarea')?.defaultValue === text) version.value = String(row['version']);
}

/** Whom an open card was told to have gone to. */
const takenBy = new Map<string, string>();
/** A card that is written in stays as it is: its writer is told when somebody else takes the question over. */
function tellTakenOver({ id, claimedByOther }: { id: string; claimedByOther: string | null }): void {
  const before = takenBy.get(id);
  takenBy.set(id, claimedByOther ?? '');
  if (!claimedByOther || before === undefined || before === claimedByOther) return;
  if (!document.querySelector(`#waiting [data-id="${id}"] [data-fold="edit"][open]`)) return;
  tell(t('interview.desk.screening.taken-over', { name: claimedByOther }));
}

/** Somebody else has decided on a question while it was being edited here: the card goes, what was typed stays. */
function keepTyped(card: HTMLElement | null): void {
  const box = card?.querySelector<HTMLTextAreaElement>('[data-fold="edit"][open] textarea');
  const place = element('desk-kept');
  if (!card || !box || !place || box.value === box.defaultValue) return;
  const [id, text] = [card.dataset['id'] ?? '', box.value];
  const keep = () => {
    if (performance.now() - (sent.get(id) ?? -Infinity) < 10_000) return;
    place.append(draw('interview/live-kept', { text }, context));
  };
  // On its way from here: its outcome says whether the words were used
  if (box.form?.dataset['busy']) setTimeout(keep, 2_000);
  else keep();
}
document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest('#desk-kept button');
  if (button) button.closest('.kept-text')?.remove();
});

const current = () => document.activeElement?.closest<HTMLElement>('#waiting [data-id]') ?? null;
let undo: (() => void) | undefined;

const sentences: Record<string, (count: number) => string> = {
  publish: (count) => t('interview.desk.screening.undo-publish', { count }),
  reject: (count) => t('interview.desk.screening.undo-reject', { count }),
  merge: (count) => t('interview.desk.screening.undo-merge', { count }),
};

function decided(name: string, questionIds: readonly string[]): void {
  for (const id of questionIds) sent.set(id, performance.now());
  // What like questions there are has changed with it
  lookedUp.clear();
  const sentence = sentences[name];
  if (!sentence || questionIds.length === 0) return;
  undo = showUndo(sentence(questionIds.length), 'U', () => void takeBack(questionIds));
}

/** Where the keyboard goes as soon as it is there: a question that comes back, or the first one that waits. */
let keyboardTo: string | null = null;
function placeKeyboard(): void {
  if (keyboardTo === null) return;
  const list = element('waiting');
  const found =
    keyboardTo === 'first'
      ? [...(list?.children ?? [])].find((card) => !sent.has((card as HTMLElement).dataset['id'] ?? ''))
      : list?.querySelector(`[data-id="${keyboardTo}"]`);
  if (!found) return;
  keyboardTo = null;
  (found as HTMLElement).focus();
}

/** Takes decisions back; the keyboard goes to the first question that comes back with them. */
async function takeBack(questionIds: readonly string[]): Promise<void> {
  const outcome = await deskAct('undo', { questionIds });
  if (!outcome.ok) return;
  for (const id of questionIds) sent.delete(id);
  keyboardTo = questionIds[0] ?? null;
  placeKeyboard();
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
  keyboardTo = 'first';
  placeKeyboard();
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.id === 'undo-form') {
    event.preventDefault();
    const questionIds = new FormData(form).getAll('questionIds').map(String);
    form.remove();
    void takeBack(questionIds);
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

function openFold(name: string, ...fields: readonly string[]): void {
  const fold = current()?.querySelector<HTMLDetailsElement>(`[data-fold="${name}"]`);
  if (!fold) return;
  fold.open = true;
  const field = [...fields, 'textarea, input:not([type="hidden"]), select']
    .map((selector) => fold.querySelector<HTMLElement>(selector))
    .find((one) => one !== null);
  field?.focus();
  const id = current()?.dataset['id'];
  if (id) claiming = claim(id);
}

/** The latest claim that is on its way: an edit that is sent before it arrives waits for it. */
let claiming: Promise<void> = Promise.resolve();
async function claim(id: string): Promise<void> {
  const outcome = await deskAct('claim', { questionId: id });
  const row = rows.get(id);
  if (outcome.ok && row) followVersion({ id, ...(outcome.value as { version: number }) }, String(row['text']));
}

async function publish(): Promise<void> {
  const id = current()?.dataset['id'];
  if (!id) return;
  const outcome = await deskAct('publish', { questionId: id });
  if (outcome.ok) decided('publish', [id]);
}

/** The search beside a merge: finds while one types; Enter goes on to what was found. */
const searches = new WeakMap<HTMLFormElement, ReturnType<typeof setTimeout>>();
async function find(form: HTMLFormElement): Promise<HTMLElement | null> {
  clearTimeout(searches.get(form));
  const fold = form.closest<HTMLElement>('[data-id]');
  const box = form.querySelector<HTMLInputElement>('input[name="q"]');
  const [place, told] = ['[data-found]', '[data-told]'].map((name) => fold?.querySelector<HTMLElement>(name));
  if (!fold || !box || !place || !told) return null;
  const words = box.value.trim();
  const outcome = await act('interview.screening.find', {
    interviewId: desk.id,
    questionId: fold.dataset['id'],
    words,
  });
  // Meanwhile something else was typed: its own answer follows
  if (box.value.trim() !== words) return null;
  if (!outcome.ok) {
    tell(sentenceOf(outcome));
    return null;
  }
  const found = foundCards(outcome.value as Parameters<typeof foundCards>[0], votes);
  place.replaceChildren(draw('interview/live-found', { found }, context));
  const count = found.length;
  told.textContent =
    words === '' ? '' : count === 0 ? t('interview-merge.nothing') : t('interview-merge.found', { count });
  return place.querySelector('input');
}
document.addEventListener('input', ({ target }) => {
  const form = target instanceof HTMLInputElement && target.form;
  if (!form || !form.matches('[data-find]')) return;
  clearTimeout(searches.get(form));
  searches.set(
    form,
    setTimeout(() => void find(form), 150),
  );
});
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (!form.matches('[data-find]')) return;
  event.preventDefault();
  void find(form).then((first) => first?.focus());
});

followReceivers();
joinDesk(redraw);
sendOnTheSpot((name, form) => {
  const id = form.closest<HTMLElement>('[data-id]')?.dataset['id'];
  if (id) decided(name, [id]);
  if (name === 'pass') tell(t('interview.desk.screening.pass-done'), 'done');
});
document.addEventListener('keydown', (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>('#waiting [data-fold="edit"] form');
  if (!form || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  void claiming.then(() => form.requestSubmit());
});
// The server's bar of the page before goes as the page's own does
setTimeout(() => element('undo-form')?.remove(), 10_000);
onKeys({
  j: () => step('#waiting > [data-id]', 1),
  k: () => step('#waiting > [data-id]', -1),
  p: () => void publish(),
  e: () => openFold('edit'),
  r: () => openFold('reject'),
  m: () => openFold('merge', 'input[type="radio"]'),
  f: () => openFold('merge', 'input[name="q"]'),
  t: () => openFold('pass'),
  x: () => current()?.querySelector<HTMLInputElement>('input[name="questionIds"]')?.click(),
  Enter: () => {
    const id = current()?.dataset['id'];
    if (id) void deskAct('claim', { questionId: id });
  },
  u: () => (element('undo-form') ? (element('undo-form') as HTMLFormElement).requestSubmit() : undo?.()),
});
