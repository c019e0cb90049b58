import type { Actor } from '../kernel/actor.ts';
import { now } from '../kernel/time.ts';
import { behindKey, cutPage, newestOrder, type PageKey } from '../platform/database/pageKey.ts';
import type { InterviewState } from './interview.ts';
import { InterviewModel, type Interview } from './interviewModel.ts';
import { canOrganise, rolesOf } from './policy.ts';
import { QuestionModel, SupportModel, type Question } from './questionModel.ts';

/** What a list shows of an interview. */
export type Listed = Omit<Interview, 'trail' | 'background' | 'notices'>;
const listed = { trail: 0, background: 0, notices: 0 } as const;
const pageSize = 20;

function find(
  states: InterviewState[],
  order: 1 | -1,
  limit: number,
  before: PageKey | null = null,
): Promise<Listed[]> {
  return InterviewModel.find({ state: { $in: states }, ...behindKey('startsAt', before) }, listed)
    .sort({ startsAt: order, _id: order })
    .limit(limit)
    .lean<Listed[]>();
}

/** Interviews that fit a condition, the latest first. */
export function findListed(condition: Record<string, unknown>, skip: number, limit: number): Promise<Listed[]> {
  return InterviewModel.find(condition, listed).sort(newestOrder('startsAt')).skip(skip).limit(limit).lean<Listed[]>();
}

/** Live now, the soonest first; announced, the soonest first. */
export const liveInterviews = () => find(['live'], 1, 100);
export const comingInterviews = () => find(['announced'], 1, 100);

/** Ended ones, the latest first, from behind a key on; `next` is the key of the following page. */
export async function pastInterviews(
  before: PageKey | null = null,
): Promise<{ interviews: Listed[]; next: string | null }> {
  const found = await find(['closed', 'archived'], -1, pageSize + 1, before);
  const { rows, next } = cutPage(found, pageSize, ({ startsAt: at, _id: id }) => ({ at, id }));
  return { interviews: rows, next };
}

/** How many questions were published, and how many of them answered, by interview. */
export async function countsOf(ids: readonly string[]): Promise<Map<string, { published: number; answered: number }>> {
  const rows = await QuestionModel.aggregate<{ _id: { interviewId: string; state: string }; n: number }>([
    { $match: { interviewId: { $in: [...ids] } } },
    { $group: { _id: { interviewId: '$interviewId', state: '$state' }, n: { $sum: 1 } } },
  ]);
  const counts = new Map(ids.map((id) => [id, { published: 0, answered: 0 }]));
  for (const { _id, n } of rows) {
    const count = counts.get(_id.interviewId);
    if (!count) continue;
    if (_id.state === 'answered') count.answered += n;
    if (_id.state === 'answered' || _id.state === 'published') count.published += n;
  }
  return counts;
}

/** The interviews this official organises or works in, unfinished ones first, the latest first. */
export async function interviewsFor(actor: Actor, limit = 200): Promise<Listed[]> {
  const found = await InterviewModel.find({}, listed).sort({ startsAt: -1 }).lean<Listed[]>();
  const order: InterviewState[] = ['live', 'announced', 'draft', 'closed', 'archived', 'cancelled'];
  const rank = (state: InterviewState) => order.indexOf(state);
  return found
    .filter((one) => canOrganise(actor, one) || rolesOf(actor, one).length > 0)
    .sort((a, b) => rank(a.state) - rank(b.state))
    .slice(0, limit);
}

/** Which questions of an interview this person supports. */
export async function supportedBy(actor: Actor, interviewId: string): Promise<string[]> {
  const marks = await SupportModel.find({ interviewId, personId: actor.id }, { questionId: 1 }).lean<
    { questionId: string }[]
  >();
  return marks.map(({ questionId }) => questionId);
}

/** One's own questions that were not taken back, the latest first. */
export async function questionsBy(actor: Actor, interviewId: string): Promise<Question[]> {
  const own = await QuestionModel.find({ interviewId, askerId: actor.id }, { trail: 0 })
    .sort({ askedAt: -1 })
    .lean<Question[]>();
  return own.filter(({ state }) => state !== 'withdrawn');
}

/** Minutes from now to the start; negative when it has passed. */
export function minutesToStart(interview: Pick<Interview, 'startsAt'>): number {
  return Math.round((interview.startsAt.getTime() - now().getTime()) / 60_000);
}

/** Over every interview that has gone live: how many, how many questions were published, and how many answered. */
export async function interviewMeasures(): Promise<{ interviews: number; published: number; answered: number }> {
  const begun = await InterviewModel.find({ state: { $in: ['live', 'closed', 'archived'] } }, { _id: 1 }).lean();
  const counts = [...(await countsOf(begun.map(({ _id }) => _id))).values()];
  const sum = (name: 'published' | 'answered') => counts.reduce((total, count) => total + count[name], 0);
  return { interviews: begun.length, published: sum('published'), answered: sum('answered') };
}

/** Public interviews for a feed, those that begin or began latest first. */
export const latestInterviews = (limit: number) => find(['announced', 'live', 'closed', 'archived'], -1, limit);

/** For a calendar: what is announced or live, and the latest of those that are over or were called off. */
export async function calendarInterviews(): Promise<Listed[]> {
  const [live, coming, past, cancelled] = await Promise.all([
    liveInterviews(),
    comingInterviews(),
    pastInterviews(),
    find(['cancelled'], -1, pageSize),
  ]);
  return [...live, ...coming, ...past.interviews, ...cancelled];
}
