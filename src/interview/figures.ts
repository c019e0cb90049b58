import { InterviewModel } from './interviewModel.ts';
import { QuestionModel, SupportModel } from './questionModel.ts';

/** Figures of one interview, as the archive shows them. */
export interface Figures {
  asked: number;
  published: number;
  answered: number;
  rejected: number;
  supports: number;
  /** People who asked or supported, each counted once. */
  participants: number;
}

/** Counts an interview from what is stored. `published` includes the answered ones. */
export async function figuresOf(interviewId: string): Promise<Figures> {
  const [states, supports, askers, supporters] = await Promise.all([
    QuestionModel.aggregate<{ _id: string; n: number }>([
      { $match: { interviewId } },
      { $group: { _id: '$state', n: { $sum: 1 } } },
    ]),
    SupportModel.countDocuments({ interviewId }),
    QuestionModel.distinct('askerId', { interviewId, state: { $ne: 'withdrawn' } }),
    SupportModel.distinct('personId', { interviewId }),
  ]);
  const of = (state: string) => states.find(({ _id }) => _id === state)?.n ?? 0;
  return {
    asked: states.reduce((sum, { n }) => sum + n, 0) - of('withdrawn'),
    published: of('published') + of('answered'),
    answered: of('answered'),
    rejected: of('rejected'),
    supports,
    participants: new Set([...askers, ...supporters]).size,
  };
}

const peaks = new Map<string, { highest: number; timer: NodeJS.Timeout | undefined }>();
/** A rising number is written once in this while, in milliseconds. */
const peakEvery = 2_000;

/** Keeps the largest number of people who were there at the same time while it was live. */
export function notePeak(interviewId: string, online: number): void {
  const peak = peaks.get(interviewId) ?? { highest: 0, timer: undefined };
  if (peaks.size > 500) peaks.clear();
  peaks.set(interviewId, peak);
  if (online <= peak.highest) return;
  peak.highest = online;
  peak.timer ??= setTimeout(() => {
    peak.timer = undefined;
    const highest = peak.highest;
    InterviewModel.updateOne({ _id: interviewId, state: 'live' }, { $max: { peakOnline: highest } })
      .then(({ matchedCount }) => matchedCount === 0 && peaks.delete(interviewId))
      .catch(() => peaks.delete(interviewId));
  }, peakEvery).unref();
}
