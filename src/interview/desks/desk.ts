import type { Actor } from '../../kernel/actor.ts';
import { roomView, type Row } from '../../live/index.ts';
import { translate } from '../../platform/language.ts';
import { banReasons } from '../bans/ban.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import {
  canAnswer,
  canDirect,
  canOrganise,
  canRecord,
  canReview,
  canRun,
  canScreen,
  canWriteAnswers,
} from '../policy.ts';
import { roomKind } from '../room.ts';
import { mineTones, present, stateTones } from '../views.ts';

/** The desks of an interview, each with who may sit at it. */
export const desks = {
  screening: canScreen,
  answering: canWriteAnswers,
  reviewing: canReview,
  recording: canRecord,
  hosting: (actor: Actor, interview: Interview) => canDirect(actor, interview) || canRun(actor, interview),
} as const;
export type DeskName = keyof typeof desks;
const deskNames = Object.keys(desks) as DeskName[];

/** Links to the desks this person may sit at. */
export function deskLinks(actor: Actor, interview: Interview, current?: DeskName | 'checking') {
  const open: (DeskName | 'checking')[] = deskNames.filter((name) => desks[name](actor, interview));
  if (mayCheck(actor, interview)) open.push('checking');
  return open.map((name) => ({ name, href: `/office/interviews/${interview._id}/${name}`, current: name === current }));
}

/** The way from desk to desk; nothing for somebody who sits at one only. */
export function deskTabs(actor: Actor, interview: Interview, current: DeskName | 'checking') {
  const links = deskLinks(actor, interview, current);
  if (links.length < 2) return [];
  return links.map((link) => ({ ...link, text: translate(actor.language, `interview.desk.${link.name}.title`) }));
}

/** After the close: guests check the record, the recorder decides what they propose, organisers see how far it is. */
const mayCheck = (actor: Actor, interview: Interview) =>
  isOpenTo('confirm', interview.state) &&
  (canAnswer(actor, interview) || canRecord(actor, interview) || canOrganise(actor, interview));

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
    ['F', 'find'],
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
  reviewing: [
    ['J', 'next'],
    ['K', 'previous'],
    ['A', 'approve'],
    ['E', 'edit'],
    ['R', 'return'],
    ['Ctrl ↵', 'send'],
  ],
  recording: [
    ['Alt 1–9', 'speaker'],
    ['Ctrl ↵', 'send'],
    ['Alt 0', 'release'],
    ['J', 'next'],
    ['K', 'previous'],
    ['E', 'edit'],
    ['Alt ↑', 'earlier'],
    ['Alt ↓', 'later'],
  ],
  hosting: [
    ['J', 'next'],
    ['K', 'previous'],
    ['Enter', 'stage'],
    ['A', 'add'],
    ['Alt ↑↓', 'move'],
    ['N', 'next-one'],
    ['M', 'notice'],
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
    deskTabs: deskTabs(actor, interview, name),
    keys: keysOf[name].map(([key, what]) => ({ key, text: say(`interview.desk.${name}.keys.${what}`) })),
    interview: present(interview, actor.language),
    stateTones,
    mineTones,
    phase: view.rows.find(({ id }) => id === 'phase') ?? null,
    stageRow: stage ?? null,
    base,
    desk: name,
    banReasons,
    bansRow: view.rows.find(({ id }) => id === 'bans') ?? null,
    roomData: { id: interview._id, desk: name, banReasons, base, me: actor.id, open: true, stateTones, mineTones },
    counters: view.counters,
    votes,
    questions,
    view,
    onStage: (stage?.['questionId'] as string | null | undefined) ?? null,
    me: actor.id,
  };
}
