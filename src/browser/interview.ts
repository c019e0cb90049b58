import { card, orderRows, takesNotices, type ListName, type QuestionRow } from '../interview/cards.ts';
import { joinRoom, type Counters, type Row } from './live/index.ts';
import { tellWaiting } from './interview/announce.ts';
import { askOnTheSpot } from './interview/askBox.ts';
import { showBan } from './interview/ban.ts';
import { followOnTheSpot } from './interview/follow.ts';
import { patchList } from './interview/patchList.ts';
import { showPicture, showRecord } from './interview/record.ts';
import { shortenLists } from './interview/more.ts';
import { keepSteady, noticeReading } from './interview/steady.ts';
import { roomData, showOnline, showState } from './interview/status.ts';
import { supportOnTheSpot } from './interview/support.ts';
import { switchTabs } from './interview/tabs.ts';
import { draw } from './templates.ts';
import { t } from './words.ts';

interface RoomData {
  id: string;
  state: string;
  /** What the page was drawn with beside its rows; the first row tells. */
  drawn?: string;
  supported: string[];
  open: boolean;
  mayFollow: boolean;
  verified: boolean;
  list: ListName;
  stateTones: object;
  mineTones: object;
}

const room = document.querySelector<HTMLElement>('.room');
const data = roomData<RoomData>();
const at = (id: string) => document.getElementById(id) as HTMLElement;

/** Everything the page knows, and the few things that decide how it looks. */
const rows = new Map<string, Row>();
const mine = new Map<string, Row>();
const votes: Record<string, number> = {};
const supported = new Set(data.supported);
let list = data.list;
/** Questions that the list shows; others wait behind the pill. Null: take what is there. */
let shown: Set<string> | null = null;

const ofKind = (kind: string) => [...rows.values()].filter((row) => row.kind === kind);
const questions = () => ofKind('question') as unknown as QuestionRow[];
const context = { id: data.id, verified: data.verified, stateTones: data.stateTones, mineTones: data.mineTones };

function drawQuestions(): void {
  const ordered = orderRows(questions(), list === 'mine' ? 'newest' : list, votes);
  const known = shown?.size === 0 ? null : shown; // an empty list has nothing that could move
  const ready =
    known === null
      ? ordered
      : keepPlaces(
          ordered.filter(({ id }) => known.has(id)),
          known,
        );
  shown = new Set(ready.map(({ id }) => id));
  const waiting = ordered.length - ready.length;
  const stage = rows.get('stage')?.['questionId'] as string | null | undefined;
  const look = { interviewId: data.id, votes, supported, onStage: stage ?? null, open: data.open, ...following() };
  const place = at('question-list');
  keepSteady(place, () =>
    patchList(
      place,
      ready.map((row) => ({ id: row.id, data: card(row, look) })),
      (row) => draw('interview/live-question', row, context),
    ),
  );
  at('questions-empty').hidden = ordered.length > 0;
  const pill = at('questions-pill');
  pill.hidden = waiting === 0;
  tellWaiting(document.getElementById('questions-told'), waiting);
  if (waiting > 0) pill.textContent = t('page.new-rows', { count: waiting });
}

/** Votes that come in do not move what one reads: rows stay in the order in which they are. */
function keepPlaces(ready: QuestionRow[], known: ReadonlySet<string>): QuestionRow[] {
  const places = new Map([...known].map((id, place) => [id, place]));
  return ready.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}

/** What this person follows. */
function following() {
  const follows = [...mine.values()].filter(({ kind }) => kind === 'followed');
  return { mayFollow: data.mayFollow, followed: new Set(follows.map((row) => String(row['questionId']))) };
}

function showNew(): void {
  shown = null;
  drawQuestions();
}

function chooseList(next: ListName): void {
  list = next;
  if (room) room.dataset['list'] = next;
  for (const link of document.querySelectorAll<HTMLElement>('[data-list]')) {
    if (link.dataset['list'] === next && link.tagName === 'A') link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  at('question-list').hidden = next === 'mine';
  showNew();
}

function drawOne(place: HTMLElement | null, name: 'stage' | 'phase' | 'next'): void {
  const row = rows.get(name);
  if (!place || !row) return;
  const drawn =
    name === 'stage'
      ? draw('interview/live-stage', row, context)
      : name === 'next'
        ? draw('interview/live-next', row, context)
        : draw('interview/live-phase', row, context);
  place.replaceChildren(drawn);
}

function drawMine(): void {
  const own = [...mine.values()]
    .filter(({ kind }) => kind !== 'followed')
    .sort((a, b) => String(b['at']).localeCompare(String(a['at'])));
  patchList(
    at('mine-list'),
    own.map((row) => ({ id: row.id, data: row })),
    (row) => draw('interview/live-mine', row, context),
  );
  const title = document.querySelector<HTMLElement>('.mine-title');
  if (title) title.hidden = own.length === 0;
  const follows = [...mine.values()].filter(({ kind }) => kind === 'followed');
  patchList(
    at('followed-list'),
    follows.map((row) => ({ id: row.id, data: row })),
    (row) => draw('interview/live-followed', row, context),
  );
  const followedTitle = document.querySelector<HTMLElement>('.followed-title');
  if (followedTitle) followedTitle.hidden = follows.length === 0;
}

function take(fresh: readonly Row[]): void {
  const kinds = new Set(fresh.map(({ kind }) => kind));
  for (const row of fresh) {
    if (row.gone) rows.delete(row.id);
    else rows.set(row.id, row);
  }
  const stateBefore = data.state;
  if (kinds.has('phase')) {
    drawOne(document.getElementById('room-phase'), 'phase');
    data.state = String(rows.get('phase')?.['state'] ?? data.state);
    const drawn = rows.get('phase')?.['drawn'];
    const changed = data.drawn !== undefined && drawn !== data.drawn;
    if (typeof drawn === 'string') data.drawn = drawn;
    // Announcement, live and record are drawn by the server; nothing typed is lost on the way
    if (data.state !== stateBefore || changed) return void afterTyping(() => location.reload());
  }
  if (kinds.has('next')) drawOne(document.getElementById('room-next'), 'next');
  if (kinds.has('stage')) drawOne(document.getElementById('room-stage'), 'stage');
  if (kinds.has('turn')) {
    showRecord(ofKind('turn'), context);
    showPicture(ofKind('turn'), context);
  }
  if (kinds.has('notice')) drawNotices();
  if (kinds.has('question') || kinds.has('stage')) drawQuestions();
}

function drawNotices(): void {
  if (!takesNotices(data.state)) return;
  const notices = ofKind('notice').sort((a, b) => b.revision - a.revision);
  patchList(
    at('room-notices'),
    notices.map((row) => ({ id: row.id, data: row })),
    (row) => draw('interview/live-notice', row, context),
  );
}

/** Waits while somebody writes; the ask box keeps its draft in any case. */
function afterTyping(then: () => void): void {
  const typing = () =>
    document.activeElement?.matches('textarea, input') && (document.activeElement as HTMLTextAreaElement).value !== '';
  const wait = () => (typing() ? setTimeout(wait, 2_000) : then());
  setTimeout(wait, 300 + Math.random() * 1_500);
}

function count(counters: Counters): void {
  showOnline(counters);
  const published = counters['published'];
  for (const place of document.querySelectorAll('[data-count="published"]')) {
    if (typeof published === 'number') place.textContent = String(published);
  }
  const changed = counters['votes'];
  if (typeof changed !== 'object') return;
  Object.assign(votes, changed);
  for (const [id, n] of Object.entries(changed)) {
    for (const place of document.querySelectorAll(`[data-votes="${CSS.escape(id)}"]`)) place.textContent = String(n);
    for (const place of document.querySelectorAll(`[data-votes-said="${CSS.escape(id)}"]`)) {
      place.textContent = t('interview.support.count', { count: n });
    }
  }
}

if (room) {
  switchTabs(room);
  shortenLists(room);
  noticeReading(at('stage'));
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-list]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      chooseList(link.dataset['list'] as ListName);
    });
  }
  at('questions-pill').addEventListener('click', () => {
    showNew();
    at('questions').scrollIntoView({ block: 'start' });
  });
  supportOnTheSpot(data.id, (questionId, supports) => {
    supported.add(questionId);
    votes[questionId] = Math.max(supports, votes[questionId] ?? 0);
    drawQuestions();
  });
  followOnTheSpot(data.id, (questionId, row) => {
    if (row) mine.set(row.id, row);
    else mine.delete(`followed-${questionId}`);
    drawMine();
    drawQuestions();
  });
  askOnTheSpot(data.id, () => {
    room.dataset['view'] = 'mine';
    if (list !== 'mine') chooseList('mine');
  });
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('[data-go]');
    if (!link) return;
    chooseList('newest');
    room.dataset['view'] = 'questions';
  });
  if (data.state !== 'archived' && data.state !== 'draft') {
    let first = true;
    joinRoom({
      kind: 'interview',
      id: data.id,
      audience: 'public',
      since: 0,
      ownRows: true,
      onRows: (fresh) => {
        // What the page was drawn with is not news
        if (first) shown = null;
        first = false;
        take(fresh);
      },
      onPersonal: (fresh) => {
        for (const row of fresh) {
          if (row.kind === 'ban') showBan(row, context);
          else if (row.gone) mine.delete(row.id);
          else mine.set(row.id, row);
        }
        drawMine();
        if (fresh.some(({ kind }) => kind === 'followed')) drawQuestions();
      },
      onCounters: count,
      onState: showState,
    });
  }
}
