import { card, orderRows, type ListName, type QuestionRow } from '../../interview/cards.ts';
import { draw } from '../templates.ts';
import { t } from '../words.ts';
import { tellWaiting } from './announce.ts';
import { patchList } from './patchList.ts';
import { keepSteady } from './steady.ts';

const at = (id: string) => document.getElementById(id) as HTMLElement;

/** What the page knows of its questions at a moment. */
export interface Known {
  list: ListName;
  questions: readonly QuestionRow[];
  votes: Readonly<Record<string, number>>;
  supported: ReadonlySet<string>;
  followed: ReadonlySet<string>;
  onStage: string | null;
  open: boolean;
  mayFollow: boolean;
  interviewId: string;
}

/** The list of public questions: what comes in waits behind a pill, so that nothing moves under somebody who reads. */
export interface QuestionList {
  draw(known: Known): void;
  /** Lets everything in, in the order of the list. */
  letIn(): void;
}

/** Keeps the list of questions; `context` is what their partials find under `@root`. */
export function keepQuestionList(context: Readonly<Record<string, unknown>>): QuestionList {
  /** Questions that the list shows. Null: take what is there. */
  let shown: Set<string> | null = null;
  return {
    letIn: () => (shown = null),
    draw(known) {
      const ordered = orderRows(known.questions, known.list === 'mine' ? 'newest' : known.list, known.votes);
      const before = shown?.size === 0 ? null : shown; // an empty list has nothing that could move
      const ready = before === null ? ordered : keepPlaces(ordered, before);
      shown = new Set(ready.map(({ id }) => id));
      const waiting = ordered.length - ready.length;
      const place = at('question-list');
      keepSteady(place, () =>
        patchList(
          place,
          ready.map((row) => ({ id: row.id, data: card(row, known) })),
          (row) => draw('interview/live-question', row, context),
        ),
      );
      at('questions-empty').hidden = ordered.length > 0;
      const pill = at('questions-pill');
      pill.hidden = waiting === 0;
      tellWaiting(document.getElementById('questions-told'), waiting);
      if (waiting > 0) pill.textContent = t('page.new-rows', { count: waiting });
    },
  };
}

/** Votes that come in do not move what one reads: rows stay in the order in which they are. */
function keepPlaces(ordered: readonly QuestionRow[], known: ReadonlySet<string>): QuestionRow[] {
  const places = new Map([...known].map((id, place) => [id, place]));
  return ordered.filter(({ id }) => places.has(id)).sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}
