import { listDepartments } from '../organization/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { translate } from '../platform/language.ts';
import { roomView, type Row } from '../live/index.ts';
import { answeringCard, deskRank, hostingCard, screeningCard } from './cards.ts';
import { undoSeconds } from './decision.ts';
import { doerOf } from './doer.ts';
import { isOpenTo, phases } from './interview.ts';
import type { Interview } from './interviewModel.ts';
import {
  canAnswer,
  canDirect,
  canHost,
  canOrganise,
  canRecord,
  canRun,
  canScreen,
  canSteer,
  guestsAnsweredBy,
} from './policy.ts';
import { rejectReasons } from './question.ts';
import { QuestionModel, type Question } from './questionModel.ts';
import { readiness } from './readiness.ts';
import { roomKind } from './room.ts';
import { similarQuestions } from './similar.ts';
import { answerLengthMax } from './settings.ts';
import { speakersOf } from './speakers.ts';
import { mineTones, present, stateTones } from './views.ts';

/** The desks of an interview, each with who may sit at it. */
export const desks = {
  screening: canScreen,
  answering: canAnswer,
  recording: canRecord,
  hosting: (actor: Actor, interview: Interview) => canDirect(actor, interview) || canRun(actor, interview),
} as const;
export type DeskName = keyof typeof desks;
export const deskNames = Object.keys(desks) as DeskName[];

/** Links to the desks this person may sit at. */
export function deskLinks(actor: Actor, interview: Interview, current?: DeskName) {
  return deskNames
    .filter((name) => desks[name](actor, interview))
    .map((name) => ({ name, href: `/office/interviews/${interview._id}/${name}`, current: name === current }));
}

const byTime = (a: Row, b: Row) => String(a['at']).localeCompare(String(b['at'])) || a.id.localeCompare(b.id);

/** The keys of each desk, as its page shows them: key, and the last part of its words' key. */
const keysOf: Record<DeskName, readonly (readonly [string, string])[]> = {
  screening: [
    ['J', 'next'],
    ['K', 'previous'],
    ['P', 'publish'],
    ['E', 'edit'],
    ['R', 'reject'],
    ['M', 'merge'],
    ['T', 'pass'],
    ['X', 'choose'],
    ['Enter', 'look'],
    ['U', 'undo'],
  ],
  answering: [
    ['Alt ↓', 'next'],
    ['Alt ↑', 'previous'],
    ['Ctrl ↵', 'publish'],
  ],
  recording: [
    ['Alt 1–9', 'speaker'],
    ['Ctrl ↵', 'send'],
  ],
  hosting: [
    ['J', 'next'],
    ['K', 'previous'],
    ['Enter', 'stage'],
    ['Alt 1–5', 'phase'],
  ],
};

/** What every desk has: the interview, its rows and the way round. */
export async function deskPage(actor: Actor, interview: Interview, name: DeskName) {
  const view = await roomView(roomKind, interview._id, 'desk');
  const votes = (view.counters['votes'] ?? {}) as Record<string, number>;
  const questions = view.rows.filter(({ kind }) => kind === 'question').sort(byTime);
  const stage = view.rows.find(({ id }) => id === 'stage');
  const say = (key: string) => translate(actor.language, key);
  const base = `/office/interviews/${interview._id}`;
  return {
    layout: 'office',
    title: say(`interview.desk.${name}.title`),
    crumbs: [
      { href: '/office/interviews', text: say('interview.office.title') },
      { href: base, text: interview.topic },
      { text: say(`interview.desk.${name}.title`) },
    ],
    deskTabs: deskLinks(actor, interview, name).map((link) => ({
      ...link,
      text: say(`interview.desk.${link.name}.title`),
    })),
    keys: keysOf[name].map(([key, what]) => ({ key, text: say(`interview.desk.${name}.keys.${what}`) })),
    interview: present(interview, actor.language),
    stateTones,
    mineTones,
    phase: view.rows.find(({ id }) => id === 'phase') ?? null,
    stageRow: stage ?? null,
    base,
    roomData: { id: interview._id, desk: name, base, me: actor.id, open: true, stateTones, mineTones },
    counters: view.counters,
    votes,
    questions,
    view,
    onStage: (stage?.['questionId'] as string | null | undefined) ?? null,
    me: actor.id,
  };
}
const similarAtFirst = 60;

/** Guests of the interview, then departments: whom a question can be passed to. */
async function receiversOf(actor: Actor, interview: Interview) {
  const departments = await listDepartments();
  return [
    ...interview.guests.map(({ id, name, title }) => ({ value: `guest:${id}`, label: `${name} ${title}` })),
    ...departments.map(({ id, name, nameEnglish }) => ({
      value: `department:${id}`,
      label: actor.language === 'en' ? nameEnglish || name : name,
    })),
  ];
}

/** This screener's own decisions of the last seconds, for the bar that takes them back without scripts. */
async function undoOffered(actor: Actor, interviewId: string) {
  const since = new Date(now().getTime() - undoSeconds * 1000);
  const recent = await QuestionModel.find(
    { interviewId, 'decided.by': doerOf(actor).id, 'decided.at': { $gte: since } },
    { decided: 1 },
  )
    .limit(100)
    .lean<Pick<Question, '_id' | 'decided'>[]>();
  const at = ({ decided }: Pick<Question, 'decided'>) => decided?.at.getTime() ?? 0;
  const [latest] = recent.sort((one, other) => at(other) - at(one));
  const act = latest?.decided?.act;
  // Decided in one go: the same act, by one click for several
  const together = recent.filter((one) => latest && one.decided?.act === act && at(latest) - at(one) < 2_000);
  return act ? { act, ids: together.map(({ _id }) => _id), count: together.length } : null;
}

/** The screener's desk: what waits, the oldest first, and what was decided, the latest first. */
export async function screeningDesk(actor: Actor, interview: Interview, typed?: { id: string; text: string }) {
  const [desk, receivers] = await Promise.all([deskPage(actor, interview, 'screening'), receiversOf(actor, interview)]);
  const open = isOpenTo('screen', interview.state);
  const waitingRows = desk.questions.filter(({ state }) => state === 'received' || state === 'screening');
  const similar = await similarQuestions(
    interview._id,
    waitingRows.slice(0, similarAtFirst).map((row) => ({ id: row.id, text: String(row['text']) })),
  );
  const texts = Object.fromEntries(desk.questions.map((row) => [row.id, String(row['text'])]));
  const cards = desk.questions.map((row) => ({
    ...screeningCard(row, { ...desk, similar, texts }),
    ...(typed?.id === row.id ? { typed: typed.text } : {}),
  }));
  return {
    ...desk,
    receivers,
    undo: await undoOffered(actor, interview._id),
    waiting: cards.filter((one) => one.waiting),
    decided: cards
      .filter((one) => !one.waiting)
      .sort((a, b) => b.revision - a.revision)
      .slice(0, 40),
    reasons: rejectReasons,
    open,
    roomData: { ...desk.roomData, reasons: rejectReasons, receivers, open },
  };
}

/** The guests' desk: published questions without this guest's answer first. */
export async function answeringDesk(
  actor: Actor,
  interview: Interview,
  chosen?: string,
  typed?: { id: string; text: string },
) {
  const desk = await deskPage(actor, interview, 'answering');
  const guests = guestsAnsweredBy(actor, interview);
  const guest = guests.find(({ id }) => id === chosen) ?? guests[0];
  const departments = actor.kind === 'staff' ? actor.roles.map(({ departmentId }) => departmentId) : [];
  const cards = desk.questions
    .map((row) => answeringCard(row, { ...desk, departments }, guest?.id ?? ''))
    .filter(({ shown }) => shown)
    .map((one) => (typed?.id === one.id ? { ...one, draft: typed.text } : one));
  return {
    ...desk,
    guest: guest ?? null,
    guestTabs:
      guests.length > 1
        ? guests.map(({ id, name }) => ({ href: `?guest=${id}`, text: name, current: id === guest?.id }))
        : null,
    cards: cards.sort((a, b) => deskRank(a) - deskRank(b) || b.votes - a.votes),
    roomData: { ...desk.roomData, guestId: guest?.id ?? '', departments },
    max: answerLengthMax.value(),
    canPublish: isOpenTo('answer', interview.state),
    open: isOpenTo('draft', interview.state),
  };
}

/** The recorder's desk: who may speak, and the record so far. */
export async function recordingDesk(actor: Actor, interview: Interview) {
  const desk = await deskPage(actor, interview, 'recording');
  return {
    ...desk,
    speakers: speakersOf(interview),
    turns: desk.view.rows
      .filter(({ kind }) => kind === 'turn')
      .sort((a, b) => Number(a['order']) - Number(b['order']))
      .map((row) => ({ ...row, base: `${desk.base}/recording/${row.id}` })),
    formKey: newId(16),
    roomData: { ...desk.roomData, open: isOpenTo('record', interview.state) },
    max: answerLengthMax.value(),
    open: isOpenTo('record', interview.state),
  };
}

/** States of the questions that a host sees. */
const hostStates = new Set(['published', 'answered', 'hidden']);
const isWaiting = ({ state }: Row) => state === 'received' || state === 'screening';

/** The host's desk: phases, stage, notices, close. */
export async function hostingDesk(actor: Actor, interview: Interview) {
  const maySteer = canSteer(actor, interview);
  const desk = await deskPage(actor, interview, 'hosting');
  const published = desk.questions.filter(({ state }) => hostStates.has(String(state)));
  const cards = published.map((row) => hostingCard(row, desk));
  return {
    ...desk,
    cards: cards.sort((a, b) => deskRank(a) - deskRank(b) || b.votes - a.votes),
    stage: cards.find((one) => one.onStage) ?? null,
    phases: phases.map((phase, index) => ({ phase, key: index + 1, current: phase === interview.phase })),
    notices: interview.notices.filter(({ gone }) => !gone).reverse(),
    waiting: desk.questions.filter(isWaiting).length,
    unanswered: cards.filter((one) => !one.answered).length,
    live: interview.state === 'live',
    announced: interview.state === 'announced',
    mayHost: canHost(actor, interview),
    mayDirect: canDirect(actor, interview),
    roomData: { ...desk.roomData, live: interview.state === 'live', mayDirect: canDirect(actor, interview), maySteer },
    mayRun: canRun(actor, interview),
    maySteer,
    paused: Boolean(interview.pausedAt),
    needs:
      interview.state === 'announced'
        ? readiness(interview, { published: published.length, waiting: desk.questions.filter(isWaiting).length })
        : null,
    extensions: [10, 20, 30],
    organiser: canOrganise(actor, interview),
  };
}
