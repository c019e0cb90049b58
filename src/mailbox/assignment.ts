import type { WorkingCalendar } from '../kernel/calendar.ts';
import { partOfRule, startClock, type StageClock } from '../kernel/clock.ts';
import type { Letter } from './record.ts';
import { answerRule } from './rules.ts';
import { assistingShare } from './settings.ts';

/** The clocks that an assignment would start; shown to the clerk before they decide. */
export interface AnswerPlan {
  answer: StageClock;
  assisting: StageClock;
}

type Planned = Pick<Letter, 'kind' | 'box' | 'procedure' | 'facts'>;

/**
 * The time to answer runs from the assignment, for petitions from acceptance (信访工作条例 art. 34). Assisting
 * departments have their part of it.
 */
export function planAnswer(letter: Planned, at: Date, calendar: WorkingCalendar): AnswerPlan {
  const rule = answerRule(letter);
  const from = letter.procedure === 'petition' ? (letter.facts.acceptedAt ?? at) : at;
  const part = partOfRule(rule, 'mailbox.assisting-share', assistingShare.value() / 100);
  return {
    answer: startClock('answer', rule, from, calendar),
    assisting: startClock('assisting', part, at, calendar),
  };
}
