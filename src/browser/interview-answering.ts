import {
  answeringCard,
  answeringLists,
  isListed,
  type AnsweringList,
  type SendWord,
} from '../interview/review/cards.ts';
import { cardContext, context, desk, element, joinDesk, rowsOf, sendOnTheSpot, step } from './interview/desk.ts';
import { followCalls } from './interview/called.ts';
import { keepAnswer, type KeptAnswer } from './interview/draft.ts';
import { patchList } from './interview/patchList.ts';
import { draw } from './templates.ts';
import { t } from './words.ts';

const forms = new Map<HTMLFormElement, KeptAnswer>();
const sendWords: Record<SendWord, () => string> = {
  publish: () => t('interview-review.send.publish'),
  correct: () => t('interview-review.send.correct'),
  joint: () => t('interview-review.send.joint'),
  review: () => t('interview-review.send.review'),
  waiting: () => t('interview-review.send.waiting'),
};

const showCalled = followCalls();

type Card = ReturnType<typeof answeringCard>;

function showCounts(cards: readonly Card[]): void {
  for (const list of answeringLists) {
    const place = document.querySelector(`[data-list-count="${list}"]`);
    if (place) place.textContent = String(cards.filter((card) => isListed(list, card)).length);
  }
}

/** The question above each answer follows the room; the answer itself belongs to the one who writes. */
function redraw(): void {
  let fresh = 0;
  let called: Card | undefined;
  const cards = rowsOf('question').map((row) => answeringCard(row, cardContext(), String(desk['guestId'])));
  for (const card of cards) {
    const place = document.querySelector<HTMLElement>(`[data-row="${card.id}"]`);
    if (card.called) called = card;
    if (!place) {
      if (card.shown && isListed(desk['list'] as AnsweringList, card)) fresh += 1;
      continue;
    }
    place.classList.toggle('question-on-stage', card.onStage);
    const above = place.querySelector('.answering-place');
    if (above) patchList(above, [{ id: card.id, data: card }], (one) => draw('interview/live-answering', one, context));
    const form = place.querySelector<HTMLFormElement>('.answering-form');
    if (!form) continue;
    forms.get(form)?.follow(card.draft, card.version, card.underway?.stage ?? (card.published ? 'out' : ''));
    const word = form.querySelector('[data-send]');
    if (word) word.textContent = sendWords[card.send]();
  }
  showCalled(called);
  showCounts(cards.filter(({ shown }) => shown));
  const pill = element<HTMLButtonElement>('questions-pill');
  if (!pill) return;
  pill.hidden = fresh === 0;
  if (fresh > 0) pill.textContent = t('page.new-rows', { count: fresh });
}

/** Opens the editor of the question that the keyboard is on. */
function openHere(): void {
  const row = document.activeElement?.closest('.answering-row');
  const fold = row?.querySelector<HTMLDetailsElement>('.answer-fold');
  if (fold) fold.open = true;
  row?.querySelector('textarea')?.focus();
}

// Who opens an editor wants to write
document.addEventListener(
  'toggle',
  ({ target }) => {
    const fold = target as HTMLDetailsElement;
    if (fold.matches('.answer-fold[open]') && fold.contains(document.activeElement))
      fold.querySelector('textarea')?.focus();
  },
  true,
);
element('questions-pill')?.addEventListener('click', () => location.reload());
for (const form of document.querySelectorAll<HTMLFormElement>('.answering-form'))
  forms.set(form, keepAnswer(form, desk.id));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    const form = (event.target as Element).closest<HTMLFormElement>('.answering-form');
    if (form?.querySelector('[data-publish]')) {
      event.preventDefault();
      forms.get(form)?.publish();
    }
  }
  if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    step('.answering-row:has(.answering-form)', event.key === 'ArrowDown' ? 1 : -1);
    openHere();
  }
});
joinDesk(redraw);
sendOnTheSpot(redraw);
