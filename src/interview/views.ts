import type { PageKey } from '../platform/database/pageKey.ts';
import { config } from '../config.ts';
import type { Actor } from '../kernel/actor.ts';
import { isIn } from './access/circles.ts';
import { accessNotes } from './access/view.ts';
import type { Language } from '../kernel/language.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { roomView } from '../live/index.ts';
import { banView } from './bans/ban.ts';
import { byOrder, card, lists, newestPicture, orderRows, type ListName, type QuestionRow } from './cards.ts';
import { followedBy } from './following/followedRows.ts';
import { figuresOf } from './figures.ts';
import { isGuarded } from './guard/guard.ts';
import { changeToTell, isOpenTo, phases, type InterviewState } from './interview.ts';
import type { Interview } from './interviewModel.ts';
import { canBeAtDesk } from './policy.ts';
import { coverView, materialView } from './material/view.ts';
import type { QuestionState } from './question.ts';
import { questionPage, type Wanted } from './questionPages.ts';
import {
  comingInterviews,
  countsOf,
  liveInterviews,
  pastInterviews,
  minutesToStart,
  questionsBy,
  supportedBy,
  type Listed,
} from './queries.ts';
import { ownRows } from './ownRows.ts';
import { splitNotices, takesNotices } from './notices/cards.ts';
import { questionLengthMax, questionLengthMin, questionsPerPerson } from './settings.ts';
import { roomKind } from './room.ts';
import { videoView } from './video/view.ts';

/** Tone of the status mark of each state. */
export const stateTones: Record<InterviewState, string> = {
  draft: 'stopped',
  announced: 'waiting',
  live: 'live',
  closed: 'stopped',
  archived: 'done',
  cancelled: 'stopped',
};

/** Tone of the status mark of each state of a question, for its asker. */
export const mineTones: Record<QuestionState, string> = {
  received: 'waiting',
  screening: 'active',
  published: 'active',
  rejected: 'stopped',
  answered: 'done',
  merged: 'active',
  hidden: 'stopped',
  withdrawn: 'stopped',
};

/** One line of a list of interviews. */
export function listRow(interview: Listed, language: Language, counts?: { published: number; answered: number }) {
  return {
    id: interview._id,
    href: `/interviews/${interview._id}`,
    public: `/interviews/${interview._id}`,
    topic: interview.topic,
    summary: interview.summary,
    department: interview.departmentName[language],
    guests: interview.guests.map(({ id, name, title }) => ({ id, name, title })),
    cover: coverView(interview),
    startsAt: interview.startsAt,
    plannedMinutes: interview.plannedMinutes,
    state: interview.state,
    tone: stateTones[interview.state],
    live: interview.state === 'live',
    published: counts?.published ?? 0,
    answered: counts?.answered ?? 0,
  };
}
export type InterviewListRow = ReturnType<typeof listRow>;

export async function withCounts(interviews: readonly Listed[], language: Language): Promise<InterviewListRow[]> {
  const counts = await countsOf(interviews.map(({ _id }) => _id));
  return interviews.map((interview) => listRow(interview, language, counts.get(interview._id)));
}

/** For the front page: what is live, what comes next, what was answered lately. */
export async function interviewsNow(language: Language) {
  const [live, coming, past] = await Promise.all([liveInterviews(), comingInterviews(), pastInterviews()]);
  const [liveRows, comingRows, pastRows] = await Promise.all([
    withCounts(live.slice(0, 6), language),
    withCounts(coming.slice(0, 4), language),
    withCounts(past.interviews.slice(0, 4), language),
  ]);
  return { live: liveRows, coming: comingRows, past: pastRows };
}

/** The page /interviews. */
export async function interviewsPage(language: Language, before: PageKey | null = null) {
  const [live, coming, past] = await Promise.all([liveInterviews(), comingInterviews(), pastInterviews(before)]);
  return {
    first: before === null,
    live: await withCounts(live, language),
    coming: await withCounts(coming, language),
    past: await withCounts(past.interviews, language),
    next: past.next ? `/interviews?before=${past.next}#past` : null,
  };
}

const asList = (value: unknown): ListName | undefined => lists.find((list) => list === value);

/** The one page of an interview: announcement, live, record. */
export async function interviewPage(actor: Actor, interview: Interview, choice: Wanted & { list?: unknown }) {
  const { _id: id, state } = interview;
  const before = state === 'announced' || state === 'draft';
  const [view, own, supported, followed] = await Promise.all([
    roomView(roomKind, id, 'public'),
    questionsBy(actor, id),
    supportedBy(actor, id),
    followedBy(actor.id, id, interview),
  ]);
  const votes = (view.counters['votes'] ?? {}) as Record<string, number>;
  const ofKind = (kind: string) => view.rows.filter((row) => row.kind === kind);
  const stage = view.rows.find((row) => row.id === 'stage');
  const list = asList(choice.list) ?? (state === 'live' ? 'newest' : before ? 'supported' : 'answered');
  const member = actor.kind === 'guest' || actor.kind === 'citizen';
  const mayOpen = member && isOpenTo('support', state) && isIn(interview.supporting, actor);
  const context = {
    interviewId: id,
    votes,
    supported: new Set(supported),
    onStage: interview.onStage,
    mayFollow: member && state !== 'archived' && state !== 'cancelled',
    followed: new Set(followed.map((row) => String(row['questionId']))),
    open: mayOpen && !interview.pausedAt,
  };
  const questions = ofKind('question') as unknown as QuestionRow[];
  const shown = questionPage(orderRows(questions, list, votes), list, choice);
  const mine = (await ownRows(own, interview)).map((row) => ({ ...row, votes: votes[String(row['questionId'])] ?? 0 }));
  return {
    interview: present(interview, actor.language),
    live: state === 'live',
    before,
    /** A draft looks as it will when it is announced, for those who prepare it. */
    preview: state === 'draft',
    cancelled: state === 'cancelled',
    change: changeToTell(interview),
    countdown: state === 'announced' ? countdown(interview) : null,
    over: state === 'closed' || state === 'archived',
    phases: phases.map((phase) => ({ phase, current: state === 'live' && phase === interview.phase })),
    phase: view.rows.find((row) => row.id === 'phase') ?? null,
    stage,
    next: view.rows.find((row) => row.id === 'next') ?? null,
    notices: splitNotices(takesNotices(state) ? ofKind('notice') : [], now().getTime()),
    mayRate: member && (state === 'closed' || state === 'archived'),
    turns: ofKind('turn').sort(byOrder),
    picture: newestPicture(ofKind('turn')),
    list,
    lists: lists.map((name) => ({ name, href: `?list=${name}#questions`, current: name === list })),
    questions: shown.rows.map((row) => card(row, context)),
    pager: shown,
    questionCount: questions.length,
    mine,
    followed,
    verified: actor.kind === 'citizen',
    id,
    counters: view.counters,
    ask: askForm(actor, interview, own.length),
    access: accessNotes(actor, interview),
    watching: state !== 'archived' && state !== 'draft' && state !== 'cancelled',
    stateTones,
    mineTones,
    roomData: {
      id,
      state,
      supported,
      stateTones,
      mineTones,
      // The pause comes and goes with the row of the phase
      open: mayOpen,
      now: now().getTime(),
      mayFollow: context.mayFollow,
      verified: actor.kind === 'citizen',
      list,
    },
    figures: state === 'archived' || state === 'closed' ? await figuresOf(id) : null,
    desk: canBeAtDesk(actor, interview) && actor.kind === 'staff' ? `/office/interviews/${id}` : null,
  };
}

/** How long it is to the start, in the largest fitting unit; null when the time has come. */
function countdown(interview: Interview): { unit: 'days' | 'hours' | 'minutes'; count: number } | null {
  const minutes = minutesToStart(interview);
  if (minutes <= 0) return null;
  if (minutes >= 2 * 1440) return { unit: 'days', count: Math.floor(minutes / 1440) };
  return minutes >= 120 ? { unit: 'hours', count: Math.floor(minutes / 60) } : { unit: 'minutes', count: minutes };
}

/** What the ask box needs; null when nobody may ask. */
export function askForm(actor: Actor, interview: Interview, asked: number) {
  if (!isOpenTo('ask', interview.state)) return null;
  return {
    action: `/interviews/${interview._id}/questions`,
    formKey: newId(16),
    min: questionLengthMin.value(),
    max: questionLengthMax.value(),
    staff: actor.kind === 'staff',
    visitor: actor.kind === 'guest',
    nickname: actor.kind === 'guest' || actor.kind === 'citizen' ? (actor.nickname ?? '') : '',
    ban: banView(interview, actor),
    guarded: actor.kind === 'guest' && isGuarded(interview),
    signIn: `/sign-in?next=/interviews/${interview._id}`,
    most: questionsPerPerson.value(),
    left: Math.max(0, questionsPerPerson.value() - asked),
    paused: Boolean(interview.pausedAt),
  };
}

/** An interview as pages print it. */
export function present(interview: Interview, language: Language) {
  return {
    ...listRow(interview, language),
    background: interview.background,
    ...materialView(interview),
    video: videoView(interview),
    permanent: `${config.baseUrl}/interviews/${interview._id}`,
    startedAt: interview.startedAt,
    closedAt: interview.closedAt,
    endsAt: new Date(interview.startsAt.getTime() + interview.plannedMinutes * 60_000),
    peakOnline: interview.peakOnline,
    version: interview.version,
  };
}
