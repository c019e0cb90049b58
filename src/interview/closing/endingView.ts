import type { Actor } from '../../kernel/actor.ts';
import { translate } from '../../platform/language.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { endReasons } from '../actions/archiveInterview.ts';
import type { Interview } from '../interviewModel.ts';
import { checkBeforeArchive, followUpDays } from '../settings.ts';
import { endingOf, unansweredCount } from './ending.ts';

/** The check list before the archiving, for an organiser who can archive now. */
export async function endingPanel({ language }: Actor, interview: Interview) {
  if (interview.state !== 'closed') return null;
  const left = await endingOf(interview);
  const { underway, unseen, unanswered, unchecked, prepared } = left;
  return {
    ...left,
    days: followUpDays.value(),
    stops: underway > 0 || (checkBeforeArchive.value() && unchecked.length > 0),
    nothing: underway + unseen + unanswered + unchecked.length + prepared === 0,
    reasons: endReasons.map((value) => ({ value, label: translate(language, `interview.reasons.${value}`) })),
  };
}

/** What the department still owes after the archiving: how many answers, and until when. */
export async function owedPanel({ language }: Actor, interview: Interview) {
  if (interview.state !== 'archived') return null;
  const count = await unansweredCount(interview._id);
  return count === 0 ? null : { count, when: owedUntil(interview, language) };
}

/** The day until which open questions are answered, in words; null where none was fixed. */
export function owedUntil({ followUp }: Pick<Interview, 'followUp'>, language: Actor['language']): string | null {
  const due = followUp?.deadline.dueAt;
  return due ? writeDate(due, 'date', language) : null;
}
