import type { Interview } from './interviewModel.ts';
import { reviewsAnswers } from './review/settle.ts';

/** What must be there before an interview goes live; each with a key of its sentence. */
export interface Need {
  key: string;
  met: boolean;
  /** What its sentence names and counts. */
  names: string;
  count: number;
}

/** The host's check list 开播检查 before the start. `published` counts the questions that are out, `waiting` those unseen. */
export function readiness(
  interview: Pick<Interview, 'roles' | 'guests' | 'summary' | 'reviewAnswers'>,
  counts: { published: number; waiting: number },
): Need[] {
  const has = (role: string) => interview.roles.some((held) => held.role === role);
  // Somebody who is a guest writes for nobody else
  const guests = new Set(interview.guests.map(({ personId }) => personId));
  const helped = interview.roles.some(({ role, personId }) => role === 'guest' && !guests.has(personId));
  const alone = helped ? [] : interview.guests.filter(({ personId }) => personId === null).map(({ name }) => name);
  const needs: (Pick<Need, 'key' | 'met'> & Partial<Need>)[] = [
    { key: 'host', met: has('host') },
    { key: 'screener', met: has('screener') },
    { key: 'recorder', met: has('recorder') },
    ...(reviewsAnswers(interview) ? [{ key: 'reviewer', met: has('reviewer') }] : []),
    { key: 'guests', met: interview.guests.length > 0 && alone.length === 0, names: alone.join('、') },
    { key: 'summary', met: interview.summary.trim() !== '' },
    { key: 'questions', met: counts.published > 0 },
    { key: 'screened', met: counts.waiting === 0, count: counts.waiting },
  ];
  return needs.map((need) => ({ names: '', count: 0, ...need }));
}
