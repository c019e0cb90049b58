import type { OpenWork } from '../organization/index.ts';
import type { InterviewState } from './interview.ts';
import { InterviewModel } from './interviewModel.ts';

/** Interviews a department still has before it or has not closed the books on: it cannot end before they are over. */
export async function interviewsAhead(departmentId: string): Promise<OpenWork | undefined> {
  const state = { $nin: ['archived', 'cancelled'] as InterviewState[] };
  const count = await InterviewModel.countDocuments({ departmentId, state });
  if (count === 0) return undefined;
  return { told: { key: 'interview.errors.department-has-interviews', params: { count } }, href: '/office/interviews' };
}
