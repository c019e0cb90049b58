import type { ListName, QuestionRow } from '../interview/cards.ts';
import { joinRoom, type Row } from './live/index.ts';
import { keepAskBox, showKeptText } from './interview/askBox.ts';
import { showBan } from './interview/ban.ts';
import { showCounters } from './interview/counters.ts';
import { followOnTheSpot } from './interview/follow.ts';
import { shortenLists } from './interview/more.ts';
import { keepNotices } from './interview/notices.ts';
import { drawOwn, sayChange } from './interview/ownList.ts';
import { keepQuestionList } from './interview/questionList.ts';
import { showPicture, showRecord } from './interview/record.ts';
import { afterTyping, hideNow } from './interview/redraw.ts';
import { speakerAt } from './interview/said.ts';
import { sayStage } from './interview/stage.ts';
import { noticeReading } from './interview/steady.ts';
import { roomData, showState } from './interview/status.ts';
import { supportOnTheSpot } from './interview/support.ts';
import { switchTabs } from './interview/tabs.ts';
import { withdrawOnTheSpot } from './interview/withdraw.ts';
import { draw } from './templates.ts';

interface RoomData {
  id: string;
  state: string;
  /** The server's clock when the page was drawn, in milliseconds. */
  now: number;
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
const show = { list: data.list };

const context = { id: data.id, verified: data.verified, stateTones: data.stateTones, mineTones: data.mineTones };
const ofKind = (kind: string) => [...rows.values()].filter((row) => row.kind === kind);
const say = speakerAt(document.getElementById('room-said'));
const questionList = keepQuestionList(context);
const notices = keepNotices(data.now, context, say);
const askBox = keepAskBox(data.id, () => {
  if (room) room.dataset['view'] = 'mine';
  if (show.list !== 'mine') chooseList('mine');
  const title = document.querySelector<HTMLElement>('.mine-title');
  // The box folds up again once the keyboard has left it
  if (title) title.hidden = false;
  title?.focus({ preventScroll: true });
  if (matchMedia('(min-width: 60rem)').matches) title?.scrollIntoView({ block: 'start' });
});

function drawQuestions(): void {
  const follows = [...mine.values()].filter(({ kind }) => kind === 'followed');
  questionList.draw({
    list: show.list,
    questions: ofKind('question') as unknown as QuestionRow[],
    votes,
    supported,
    followed: new Set(follows.map((row) => String(row['questionId']))),
    onStage: (rows.get('stage')?.['questionId'] as string | null | undefined) ?? null,
    open: data.open && rows.get('phase')?.['paused'] !== true,
    mayFollow: data.mayFollow,
    interviewId: data.id,
  });
}

function showNew(): void {
  questionList.letIn();
  drawQuestions();
}

function chooseList(next: ListName): void {
  show.list = next;
  if (room) room.dataset['list'] = next;
  for (const link of document.querySelectorAll<HTMLElement>('[data-list]')) {
    if (link.dataset['list'] === next && link.tagName === 'A') link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  at('question-list').hidden = next === 'mine';
  showNew();
}

function drawMine(): void {
  const own = [...mine.values()];
  drawOwn(own, context);
  askBox.asked(own.filter(({ kind }) => kind === 'mine').length);
}

function takeMine(fresh: readonly Row[]): void {
  for (const row of fresh) {
    sayChange(mine.get(row.id), row, say);
    if (row.kind === 'ban') showBan(row, context);
    else if (row.gone) mine.delete(row.id);
    else mine.set(row.id, row);
  }
  drawMine();
}

function take(fresh: readonly Row[]): void {
  const kinds = new Set(fresh.map(({ kind }) => kind));
  const stageBefore = rows.get('stage');
  for (const row of fresh) {
    if (row.gone) rows.delete(row.id);
    else rows.set(row.id, row);
  }
  if (kinds.has('phase') && takePhase()) return;
  const next = rows.get('next');
  if (kinds.has('next') && next) {
    document.getElementById('room-next')?.replaceChildren(draw('interview/live-next', next, context));
  }
  const stage = rows.get('stage');
  if (kinds.has('stage') && stage) {
    document.getElementById('room-stage')?.replaceChildren(draw('interview/live-stage', stage, context));
    sayStage(stageBefore, stage, say);
  }
  if (kinds.has('turn')) {
    showRecord(ofKind('turn'), context);
    showPicture(ofKind('turn'), context);
  }
  // With the first rows comes the phase: what is there by then is no news
  if (kinds.has('notice') || kinds.has('phase')) notices.show(ofKind('notice'), data.state);
  if (kinds.has('question') || kinds.has('stage') || kinds.has('phase')) drawQuestions();
}

/** Shows the state of the room; true when the page is about to be drawn anew by the server. */
function takePhase(): boolean {
  const phase = rows.get('phase');
  if (!phase) return false;
  document.getElementById('room-phase')?.replaceChildren(draw('interview/live-phase', phase, context));
  document.getElementById('room-hours')?.replaceChildren(draw('interview/live-hours', phase, context));
  askBox.pause(phase['paused'] === true);
  const { state, drawn } = { state: String(phase['state']), drawn: String(phase['drawn']) };
  const changed = state !== data.state || (data.drawn !== undefined && drawn !== data.drawn);
  if (state === 'closed' && data.state === 'live') {
    askBox.end();
    hideNow();
  }
  data.state = state;
  data.drawn = drawn;
  // Announcement, live and record are drawn by the server; nothing typed is lost on the way
  if (changed) afterTyping(() => location.reload());
  return changed;
}

function listen(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-list]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      chooseList(link.dataset['list'] as ListName);
    });
  }
  // On a phone one's own questions are another tab: the list of questions is never theirs
  document.querySelector('.room-tabs [data-view="questions"]')?.addEventListener('click', () => {
    if (show.list === 'mine') chooseList('newest');
  });
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
  withdrawOnTheSpot(data.id, (questionId, text) => {
    mine.delete(`mine-${questionId}`);
    drawMine();
    askBox.giveBack(text);
  });
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLElement>('[data-go]');
    if (!link) return;
    chooseList('newest');
    if (room) room.dataset['view'] = 'questions';
  });
}

function join(): void {
  let first = true;
  joinRoom({
    kind: 'interview',
    id: data.id,
    audience: 'public',
    since: 0,
    ownRows: true,
    onRows: (fresh) => {
      // What the page was drawn with is not news
      if (first) questionList.letIn();
      first = false;
      take(fresh);
    },
    onPersonal: (fresh) => {
      takeMine(fresh);
      if (fresh.some(({ kind }) => kind === 'followed')) drawQuestions();
    },
    onCounters: (counters) => showCounters(counters, votes),
    onState: showState,
  });
}

if (room) {
  switchTabs(room);
  shortenLists(room);
  noticeReading(at('stage'));
  showKeptText();
  listen();
  if (data.state !== 'archived' && data.state !== 'draft') join();
}
