import type { ClockRule } from '../kernel/clock.ts';
import { booleanSetting, integerSetting } from '../platform/settings.ts';

const characters = { unit: 'characters' } as const;

/** Fewest and most characters of a question. */
export const questionLengthMin = integerSetting('interview.question-length-min', {
  default: 10,
  min: 1,
  max: 200,
  ...characters,
});
export const questionLengthMax = integerSetting('interview.question-length-max', {
  default: 500,
  min: 50,
  max: 5000,
  ...characters,
});
/** How many questions one person may ask in one interview. */
export const questionsPerPerson = integerSetting('interview.questions-per-person', { default: 10, min: 1, max: 100 });
/** Most characters of one answer, and of one turn of the record. */
export const answerLengthMax = integerSetting('interview.answer-length-max', {
  default: 5000,
  min: 500,
  max: 20000,
  ...characters,
});
/** Fewest days between announcement and start before the organiser is warned (3 to 7 by city). */
export const announceDaysAhead = integerSetting('interview.announce-days-ahead', {
  default: 7,
  min: 0,
  max: 30,
  unit: 'days',
});

/** Whether every guest must have confirmed the record before it is archived. */
export const checkBeforeArchive = booleanSetting('interview.check-before-archive', { default: false });

/** Answers are looked at by a reviewer before they go out 政策关; an interview may say otherwise for itself. */
export const answerReview = booleanSetting('interview.answer-review', { default: false });
/** Everyone sees which questions are answered next. */
export const showNext = booleanSetting('interview.show-next', { default: true });

/** Working days in which the department answers public questions that were left without an answer. */
export const followUpDays = integerSetting('interview.follow-up-days', {
  default: 7,
  min: 1,
  max: 60,
  unit: 'days',
});

/** The rule for those answers, as it is frozen with their deadline. */
export const followUpRule = (): ClockRule => ({
  key: followUpDays.key,
  amount: followUpDays.value(),
  unit: 'working-days',
  closesAt: '17:00',
});
