// What is left of an interview when it is archived 归档, and what can still be done to it afterwards.
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { QuestionModel, type Question } from '../questionModel.ts';
import { guestChecks } from '../record/checkStates.ts';
import { TurnModel } from '../turnModel.ts';

const unseenStates: Question['state'][] = ['received', 'screening'];
const alive: Question['state'][] = [...unseenStates, 'published', 'answered'];
const onTheWay = ['agreeing', 'reviewing', 'ready'];

/** What an organiser should know before an interview is archived 归档前检查. */
export interface Ending {
  /** Answers that were handed in and are not out: they stop the archiving. */
  underway: number;
  /** Questions nobody has decided on: that is done with the archiving. */
  unseen: number;
  /** Public questions without an answer: the department answers them afterwards. */
  unanswered: number;
  /** Guests who have not confirmed what they said. */
  unchecked: string[];
  /** Prepared turns that were never released. */
  prepared: number;
}

/** Counts what is left. */
export async function endingOf(interview: Pick<Interview, '_id' | 'guests'>): Promise<Ending> {
  const interviewId = interview._id;
  const [underway, unseen, unanswered, prepared, checks] = await Promise.all([
    underwayCount(interviewId),
    QuestionModel.countDocuments({ interviewId, state: { $in: unseenStates } }),
    unansweredCount(interviewId),
    TurnModel.countDocuments({ interviewId, waiting: true, removedAt: null }),
    guestChecks(interview),
  ]);
  const unchecked = checks.filter(({ state }) => state !== 'confirmed').map(({ guest }) => guest.name);
  return { underway, unseen, unanswered, unchecked, prepared };
}

/** Answers somebody still has to agree to, to let through or to publish with their question. */
async function underwayCount(interviewId: string): Promise<number> {
  const answered = await QuestionModel.find(
    { interviewId, state: { $in: alive }, 'answers.0': { $exists: true } },
    { answers: 1 },
  ).lean<Pick<Question, 'answers'>[]>();
  return answered.flatMap(({ answers }) => answers).filter(({ pending }) => pending && onTheWay.includes(pending.stage))
    .length;
}

/** Public questions nobody has answered. */
export function unansweredCount(interviewId: string): Promise<number> {
  return QuestionModel.countDocuments({ interviewId, state: 'published' });
}

/** The questions nobody has decided on. */
export function unseenQuestions(interviewId: string): Promise<Pick<Question, '_id'>[]> {
  return QuestionModel.find({ interviewId, state: { $in: unseenStates } }, { _id: 1 }).lean<Pick<Question, '_id'>[]>();
}

/** True where an answer may be written: after the archiving only to a public question that was left without one. */
export function takesAnswer(
  deed: 'draft' | 'answer',
  interview: Pick<Interview, 'state'>,
  question: Pick<Question, 'state'>,
): boolean {
  return isOpenTo(deed, interview.state) || (interview.state === 'archived' && question.state === 'published');
}
