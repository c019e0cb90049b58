import type { ExplainedDay, Explanation } from '../kernel/clockExplanation.ts';
import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';

/** One row of the partial `calendar/explanation`, ready to print. */
export interface ExplanationRow {
  day: string;
  weekday: string;
  reason: string;
  /** `3 / 7`; empty where nothing was counted. */
  count: string;
  counted: boolean;
  due: boolean;
  certain: boolean;
}

/**
 * The day-by-day reasons of a deadline in the words of a language, for the partial `calendar/explanation`:
 * `summary` says the rule in one sentence.
 */
export function explanationView(
  explanation: Explanation,
  language: Language,
): {
  summary: string;
  dueAt: Date | null;
  provisional: boolean;
  correction: Explanation['moved'];
  rows: ExplanationRow[];
} {
  const say = (key: string, params?: Record<string, unknown>) => translate(language, `calendar.clock.${key}`, params);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const { unit, length, dueAt, provisional, moved: correction } = explanation;
  return {
    summary: say(`rules.${unit}`, { count: length }),
    dueAt,
    provisional,
    correction,
    rows: explanation.days.map((one) => ({
      day: one.day,
      weekday: weekday.format(new Date(`${one.day}T00:00:00Z`)),
      reason: say(`reasons.${reasonKey(one)}`, { name: one.name ?? '' }),
      count: one.counted ? `${one.number} / ${length}` : '',
      counted: one.counted,
      due: one.due,
      certain: one.certain,
    })),
  };
}

const reasonKey = (one: ExplainedDay): string =>
  (one.reason === 'holiday' || one.reason === 'make-up') && !one.name ? `${one.reason}-unnamed` : one.reason;
