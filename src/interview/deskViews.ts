import type { Actor } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { translate } from '../platform/language.ts';
import { roomView, type Row } from '../live/index.ts';
import { answeringCard, deskRank, hostingCard, screeningCard } from './cards.ts';
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
  guestsAnsweredBy,
} from './policy.ts';
import { rejectReasons } from './question.ts';
import { roomKind } from './room.ts';
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
/** The screener's desk: what waits, the oldest first, and what was decided, the latest first. */
export async function screeningDesk(actor: Actor, interview: Interview) {
  const desk = await deskPage(actor, interview, 'screening');
  const cards = desk.questions.map((row) => screeningCard(row, desk));
  return {
    ...desk,
    waiting: cards.filter((one) => one.waiting),
    decided: cards
      .filter((one) => !one.waiting)
      .sort((a, b) => b.revision - a.revision)
      .slice(0, 40),
    reasons: rejectReasons,
    open: isOpenTo('screen', interview.state),
    roomData: { ...desk.roomData, reasons: rejectReasons, open: isOpenTo('screen', interview.state) },
  };
}

/** The guests' desk: published questions without this guest's answer first. */
export async function answeringDesk(actor: Actor, interview: Interview, chosen?: string) {
  const desk = await deskPage(actor, interview, 'answering');
  const guests = guestsAnsweredBy(actor, interview);
  const guest = guests.find(({ id }) => id === chosen) ?? guests[0];
  const cards = desk.questions
    .filter(({ state }) => state === 'published' || state === 'answered')
    .map((row) => answeringCard(row, desk, guest?.id ?? ''));
  return {
    ...desk,
    guest: guest ?? null,
    guestTabs:
      guests.length > 1
        ? guests.map(({ id, name }) => ({ href: `?guest=${id}`, text: name, current: id === guest?.id }))
        : null,
    cards: cards.sort((a, b) => deskRank(a) - deskRank(b) || b.votes - a.votes),
    roomData: { ...desk.roomData, guestId: guest?.id ?? '' },
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

/** The host's desk: phases, stage, notices, close. */
export async function hostingDesk(actor: Actor, interview: Interview) {
  const desk = await deskPage(actor, interview, 'hosting');
  const published = desk.questions.filter(({ state }) => state === 'published' || state === 'answered');
  const cards = published.map((row) => hostingCard(row, desk));
  return {
    ...desk,
    cards: cards.sort((a, b) => deskRank(a) - deskRank(b) || b.votes - a.votes),
    stage: cards.find((one) => one.onStage) ?? null,
    phases: phases.map((phase, index) => ({ phase, key: index + 1, current: phase === interview.phase })),
    notices: interview.notices.filter(({ gone }) => !gone).reverse(),
    waiting: desk.questions.filter(({ state }) => state === 'received' || state === 'screening').length,
    unanswered: cards.filter((one) => !one.answered).length,
    live: interview.state === 'live',
    announced: interview.state === 'announced',
    mayHost: canHost(actor, interview),
    mayDirect: canDirect(actor, interview),
    roomData: { ...desk.roomData, live: interview.state === 'live', mayDirect: canDirect(actor, interview) },
    mayRun: canRun(actor, interview),
    organiser: canOrganise(actor, interview),
  };
}
