import { conflict, forbidden, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { countRoom, groupWrites, insertOnce } from '../live/index.ts';
import { isIn, type Circle } from './access/circles.ts';
import { proofNeeded } from '../moderation/index.ts';
import { banRefusal, type Ban } from './bans/ban.ts';
import { isGuarded, type Guard } from './guard/guard.ts';
import { isOpenTo, type InterviewState } from './interview.ts';
import { InterviewModel } from './interviewModel.ts';
import { beginRecounting, recount, rootOf } from './groups.ts';
import { isPublicQuestion, type QuestionState } from './question.ts';
import { QuestionModel, SupportModel } from './questionModel.ts';

interface Wish {
  interviewId: string;
  questionId: string;
  personId: string;
  /** Whether that is a citizen with a proved address, or a visitor. */
  kind: 'guest' | 'citizen';
  /** A verified citizen, or a visitor who did the work that a guarded room asks for. */
  proven: boolean;
}
/** What became of one support: the question's number afterwards, and whether it was there before. */
export interface Supported {
  supports: number;
  already: boolean;
}
interface Standing {
  interviewId: string;
  state: QuestionState;
  supports: number;
  recounted?: boolean;
  mergedInto?: string | null;
}

async function standings(ids: string[]): Promise<Map<string, Standing>> {
  const found = await QuestionModel.find(
    { _id: { $in: ids } },
    { interviewId: 1, state: 1, supports: 1, recounted: 1, mergedInto: 1 },
  ).lean<(Standing & { _id: string })[]>();
  return new Map(found.map((question) => [question._id, question]));
}

interface Openness {
  state: InterviewState;
  pausedAt?: Date | null;
  supporting?: Circle;
  guard?: Guard | null;
  bans?: Ban[];
}
const openness = { state: 1, pausedAt: 1, supporting: 1, guard: 1, bans: 1 } as const;

async function statesOf(ids: string[]): Promise<Map<string, Openness>> {
  const found = await InterviewModel.find({ _id: { $in: ids } }, openness).lean<(Openness & { _id: string })[]>();
  return new Map(found.map((interview) => [interview._id, interview]));
}

/** Why this support cannot be taken, or null. */
function refusalOf(wish: Wish, question: Standing | undefined, interview: Openness | undefined): Error | null {
  if (!interview || question?.interviewId !== wish.interviewId || interview.state === 'draft') {
    return notFound('interview.errors.question-not-found');
  }
  if (!isOpenTo('support', interview.state)) return conflict('interview.errors.closed-to-supports');
  if (interview.pausedAt) return conflict('interview-host.paused-to-supports');
  if (!isIn(interview.supporting, wish)) return forbidden('interview-access.errors.verify-to-support');
  const ban = banRefusal(interview, wish.personId);
  if (ban) return ban;
  if (!wish.proven && isGuarded(interview)) return proofNeeded('interview-guard.proof-needed');
  return isPublicQuestion(question.state) ? null : notFound('interview.errors.question-not-found');
}

/** Sets numbers of supports, but not where every mark makes them be counted anew. */
async function setSupports(numbers: readonly { _id: string; value: unknown }[]): Promise<void> {
  const writes = numbers.map(({ _id, value }) => ({
    // Found by identifier alone: a condition in the filter would make the embedded database read every question
    updateOne: {
      filter: { _id },
      update: [{ $set: { supports: { $cond: [{ $eq: ['$recounted', true] }, '$supports', value] } } }],
    },
  }));
  await QuestionModel.bulkWrite(writes, { ordered: false });
}

/** Writes a group of supports: the marks under their unique index first, then the numbers on the questions. */
async function writeSupports(wishes: readonly Wish[]): Promise<(Supported | Error)[]> {
  const ids = [...new Set(wishes.map(({ questionId }) => questionId))];
  const [questions, states] = await Promise.all([
    standings(ids),
    statesOf([...new Set(wishes.map(({ interviewId }) => interviewId))]),
  ]);
  const refusals = wishes.map((wish) => refusalOf(wish, questions.get(wish.questionId), states.get(wish.interviewId)));
  const taken = wishes.filter((_, index) => refusals[index] === null);
  const isNew = await insertOnce(
    SupportModel,
    taken.map(({ interviewId, questionId, personId }) => ({
      _id: newId(),
      interviewId,
      questionId,
      personId,
      at: now(),
    })),
  );
  const added = new Map<string, number>();
  taken.forEach(({ questionId }, index) => {
    if (isNew[index]) added.set(questionId, (added.get(questionId) ?? 0) + 1);
  });
  if (added.size > 0) {
    await setSupports([...added].map(([_id, n]) => ({ _id, value: { $add: ['$supports', n] } })));
  }
  const written = [...new Set(taken.map(({ questionId }) => questionId))];
  const after = await standings(written);
  // Looked at after the marks were written: a merge that comes later counts them itself
  for (const [id, question] of after) {
    if (!question.recounted || !added.has(id)) continue;
    const root = question.mergedInto ? await rootOf(id) : id;
    question.supports = await recount(root);
    if (root !== id) countRoom('interview', question.interviewId, { votes: { [root]: question.supports } });
  }
  tellTaken(taken, after);
  const fresh = new Map(taken.map((wish, index) => [wish, isNew[index] === true]));
  return wishes.map(
    (wish, index) =>
      refusals[index] ?? { supports: after.get(wish.questionId)?.supports ?? 0, already: fresh.get(wish) !== true },
  );
}

/** Lets the present numbers of these questions ride along. */
export async function tellVotes(interviewId: string, ids: readonly string[]): Promise<void> {
  const after = await standings([...ids]);
  const votes = Object.fromEntries([...after].map(([id, { supports }]) => [id, supports]));
  countRoom('interview', interviewId, { votes });
}

function tellTaken(taken: readonly Wish[], after: Map<string, Standing>): void {
  for (const interviewId of new Set(taken.map((wish) => wish.interviewId))) {
    const votes: Record<string, number> = {};
    for (const wish of taken) {
      if (wish.interviewId === interviewId) votes[wish.questionId] = after.get(wish.questionId)?.supports ?? 0;
    }
    countRoom('interview', interviewId, { votes });
  }
}

/** Takes one support with the others of the same moment; heard after it is written. */
export const takeSupport = groupWrites<Wish, Supported>(writeSupports);

/**
 * Sets every number of an interview to the marks that are really there: a crash between the two writes of a group
 * leaves marks that are not yet counted.
 */
export async function repairSupports(interviewId: string): Promise<void> {
  const [counted, questions] = await Promise.all([
    SupportModel.aggregate<{ _id: string; n: number }>([
      { $match: { interviewId } },
      { $group: { _id: '$questionId', n: { $sum: 1 } } },
    ]),
    QuestionModel.find({ interviewId }, { supports: 1, recounted: 1 }).lean<
      { _id: string; supports: number; recounted?: boolean }[]
    >(),
  ]);
  const real = new Map(counted.map(({ _id, n }) => [_id, n]));
  for (const { _id, recounted } of questions) if (recounted) await recount(_id);
  const wrong = questions.flatMap(({ _id, supports, recounted }) =>
    !recounted && supports !== (real.get(_id) ?? 0) ? [_id] : [],
  );
  if (wrong.length === 0) return;
  // Another process may stand between its two writes at this moment: from here on these are counted, never added to
  await beginRecounting(wrong);
  for (const id of wrong) await recount(id);
}
