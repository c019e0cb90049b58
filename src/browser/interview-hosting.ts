import { closingNeeds, type DeskPlaces } from '../interview/closing/cards.ts';
import { deskRank, hostingCard, nextCards } from '../interview/cards.ts';
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
  step,
} from './interview/desk.ts';
import { patchList } from './interview/patchList.ts';
import type { Row } from './live/index.ts';
import { draw } from './templates.ts';

type Card = ReturnType<typeof hostingCard>;

let places = new Map<string, number>();

function redraw(kinds: ReadonlySet<string>): void {
  const list = element('hosting');
  if (!list) return;
  const questions = rowsOf('question');
  const cards = questions
    .filter(({ state }) => state === 'published' || state === 'answered' || state === 'hidden')
    .map((row) => hostingCard(row, cardContext()));
  // Votes do not move rows under the host's hand; a new stage or answer puts them in order again
  const settled = kinds.has('votes') || [...kinds].every((kind) => kind === 'question');
  const byVotes = (a: Card, b: Card) => deskRank(a) - deskRank(b) || b.votes - a.votes;
  const byPlace = (a: Card, b: Card) => (places.get(a.id) ?? 1e9) - (places.get(b.id) ?? 1e9) || byVotes(a, b);
  cards.sort(settled && places.size > 0 ? byPlace : byVotes);
  places = new Map(cards.map(({ id }, index) => [id, index]));
  patchList(
    list,
    cards.map((card) => ({ id: card.id, data: card })),
    (card) => draw('interview/live-hosting', card, context),
  );
  const empty = element('hosting-empty');
  if (empty) empty.hidden = cards.length > 0;
  const stage = rows.get('stage');
  if (stage && kinds.has('stage')) element('host-stage')?.replaceChildren(draw('interview/live-stage', stage, context));
  const isOn = Boolean(stage?.['questionId']);
  for (const part of ['stage-done', 'host-stage']) element(part)?.toggleAttribute('hidden', !isOn);
  element('stage-none')?.toggleAttribute('hidden', isOn);
  showFigures(questions, cards);
  showClosing(kinds);
  if (kinds.has('next')) showOrder();
  if (kinds.has('phase')) showPhase();
  if (kinds.has('notice')) showNotices();
}

function showFigures(questions: readonly Row[], cards: readonly Card[]): void {
  const [waiting, unanswered] = [element('host-waiting'), element('host-unanswered')];
  const open = questions.filter(({ state }) => state === 'received' || state === 'screening').length;
  if (waiting) waiting.textContent = String(open);
  const underway = element('host-underway');
  const handedIn = questions.flatMap((row) => row['answers'] as { pending: object | null }[]);
  if (underway) underway.textContent = String(handedIn.filter(({ pending }) => pending).length);
  const left = cards.filter(({ answered }) => !answered).length;
  if (unanswered) unanswered.textContent = String(left);
  countSheet('questions', left);
}

/** What is missing before the close; not redrawn for votes alone, nor under the keyboard. */
function showClosing(kinds: ReadonlySet<string>): void {
  const place = element('host-closing');
  if (!place || [...kinds].every((kind) => kind === 'votes') || place.contains(document.activeElement)) return;
  const needs = closingNeeds([...rows.values()], { ...cardContext(), desks: desk['places'] as DeskPlaces });
  place.replaceChildren(draw('interview/live-closing', { needs }, context));
}

function showOrder(): void {
  const [list, part] = [element('next'), element('next-part')];
  if (!list || !part) return;
  const cards = nextCards(rows.get('next'), desk.base);
  patchList(
    list,
    cards.map((one) => ({ id: one.id, data: one })),
    (one) => draw('interview/live-host-next', one, context),
  );
  part.hidden = cards.length === 0 || desk['arranging'] !== true;
}

/** Moves the question that the keyboard is on, in the order of what is answered next. */
function move(to: 'up' | 'down'): void {
  const id = document.activeElement?.closest<HTMLElement>('#next > [data-id]')?.dataset['id'];
  if (id) void deskAct('next', { questionId: id, to });
}

function showPhase(): void {
  const now = rows.get('phase')?.['phase'];
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-phase]')) {
    const current = button.dataset['phase'] === now;
    button.setAttribute('aria-pressed', String(current));
    button.className = `button button-${current ? 'primary' : 'secondary'}`;
  }
  const paused = rows.get('phase')?.['paused'] === true;
  for (const place of document.querySelectorAll<HTMLElement>('[data-paused]')) {
    place.hidden = (place.dataset['paused'] === 'yes') !== paused;
  }
}

/** Notices carry a form each, with this page's token: the server's own drawing is copied. */
function showNotices(): void {
  const place = element('host-notices');
  if (!place) return;
  const there = new Set(rowsOf('notice').map(({ id }) => id));
  for (const form of place.querySelectorAll<HTMLFormElement>('form')) {
    if (!there.has(form.querySelector<HTMLInputElement>('input[name="noticeId"]')?.value ?? '')) form.remove();
  }
  for (const row of rowsOf('notice')) {
    if (place.querySelector(`input[value="${row.id}"]`)) continue;
    place.prepend(
      draw('interview/live-host-notice', { ...row, action: `${desk.base}/hosting/withdraw-notice` }, context),
    );
  }
}

function stageCurrent(): void {
  const id = document.activeElement?.closest<HTMLElement>('#hosting [data-id], #next [data-id]')?.dataset['id'];
  if (id) void deskAct('stage', { questionId: id });
}

joinDesk(redraw);
sendOnTheSpot((name, form) => {
  if (name === 'notice') form.reset();
});
onKeys({
  j: () => step('#next > [data-id], #hosting > [data-id]', 1),
  k: () => step('#next > [data-id], #hosting > [data-id]', -1),
  a: () => {
    const id = document.activeElement?.closest<HTMLElement>('#hosting > [data-id]')?.dataset['id'];
    if (id) void deskAct('next', { questionId: id, to: 'add' });
  },
  n: () => {
    const first = document.querySelector<HTMLElement>('#next > [data-id]')?.dataset['id'];
    if (first) void deskAct('stage', { questionId: first });
  },
  m: () => document.querySelector<HTMLElement>('#notice-form textarea')?.focus(),
  Enter: stageCurrent,
});
document.addEventListener('keydown', (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>('#notice-form');
  if (form && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault();
    move(event.key === 'ArrowUp' ? 'up' : 'down');
  }
  if (!event.altKey || !/^[1-5]$/.test(event.key)) return;
  const button = document.querySelectorAll<HTMLButtonElement>('[data-phase]')[Number(event.key) - 1];
  if (!button) return;
  event.preventDefault();
  void deskAct('phase', { phase: button.dataset['phase'] });
});
