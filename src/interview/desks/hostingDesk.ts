import type { Actor } from '../../kernel/actor.ts';
import type { Row } from '../../live/index.ts';
import { closingNeeds, type DeskPlaces } from '../closing/cards.ts';
import { deskRank, hostingCard, nextCards } from '../cards.ts';
import { phases } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import {
  canDirect,
  canHost,
  canKeepOrder,
  canOrganise,
  canRecord,
  canReview,
  canRun,
  canScreen,
  canSteer,
  holdersOf,
} from '../policy.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { mayTakeBackStart } from '../closing/takenBack.ts';
import { readiness } from '../readiness.ts';
import { deskLinks, deskPage } from './desk.ts';

/** States of the questions that a host sees. */
const hostStates = new Set(['published', 'answered', 'hidden']);
const isWaiting = ({ state }: Row) => state === 'received' || state === 'screening';

/** Answers that were handed in and are not out yet. */
const countUnderway = (questions: readonly Row[]) =>
  questions.flatMap((row) => row['answers'] as { pending: object | null }[]).filter(({ pending }) => pending).length;

/** Where this person sees to what is missing: the desk itself, or who sits at it. */
const placesOf = (actor: Actor, interview: Interview, base: string): DeskPlaces => ({
  recording: {
    href: canRecord(actor, interview) ? `${base}/recording` : null,
    who: holdersOf(interview, 'recorder'),
  },
  screening: {
    href: canScreen(actor, interview) ? `${base}/screening` : null,
    who: holdersOf(interview, 'screener'),
  },
  reviewing: {
    href: canReview(actor, interview) ? `${base}/reviewing` : null,
    who: holdersOf(interview, 'reviewer'),
  },
});

/** The parts of the desk that a phone shows one at a time; after the close there is one only. */
function sheetsOf({ state }: Interview, mayRun: boolean, unanswered: number) {
  if (state !== 'live' && state !== 'announced') return [];
  const sheets = [{ view: 'now' }, { view: 'questions', counted: true, count: unanswered }, { view: 'room' }];
  return state === 'live' && mayRun ? [...sheets, { view: 'close' }] : sheets;
}

/** The host's desk: phases, stage, notices, close. */
export async function hostingDesk(actor: Actor, interview: Interview) {
  const live = interview.state === 'live';
  const may = {
    live,
    arranging: live || interview.state === 'announced',
    mayDirect: canDirect(actor, interview),
    maySteer: canSteer(actor, interview),
    mayKeepOrder: canKeepOrder(actor, interview),
  };
  const desk = await deskPage(actor, interview, 'hosting');
  const published = desk.questions.filter(({ state }) => hostStates.has(String(state)));
  const next = nextCards(
    desk.view.rows.find(({ id }) => id === 'next'),
    desk.base,
  );
  const upNext = next.map(({ id }) => id);
  const cards = published.map((row) => hostingCard(row, { ...desk, upNext }));
  const waiting = desk.questions.filter(isWaiting).length;
  const places = placesOf(actor, interview, desk.base);
  return {
    ...desk,
    cards: cards.sort((a, b) => deskRank(a) - deskRank(b) || b.votes - a.votes),
    next,
    screen: `/interviews/${interview._id}/screen`,
    underway: countUnderway(desk.questions),
    stage: cards.find((one) => one.onStage) ?? null,
    phases: phases.map((phase, index) => ({ phase, key: index + 1, current: phase === interview.phase })),
    notices: interview.notices.filter(({ gone }) => !gone).reverse(),
    waiting,
    unanswered: cards.filter((one) => !one.answered).length,
    ...may,
    announced: interview.state === 'announced',
    over: interview.state === 'closed',
    plannedAt: writeDate(interview.startsAt, 'exact', actor.language),
    mayUnstart: canRun(actor, interview) && (await mayTakeBackStart(interview)),
    mayCheck: deskLinks(actor, interview).some(({ name }) => name === 'checking'),
    mayHost: canHost(actor, interview),
    roomData: { ...desk.roomData, places, ...may },
    mayRun: canRun(actor, interview),
    paused: Boolean(interview.pausedAt),
    needs: interview.state === 'announced' ? readiness(interview, { published: published.length, waiting }) : null,
    closing:
      live && canRun(actor, interview) ? { needs: closingNeeds(desk.view.rows, { ...desk, desks: places }) } : null,
    extensions: [10, 20, 30],
    takenBack: [10, 30],
    sheets: sheetsOf(interview, canRun(actor, interview), cards.filter((one) => !one.answered).length),
    organiser: canOrganise(actor, interview),
  };
}
