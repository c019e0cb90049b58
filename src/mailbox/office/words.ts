import { cityDay, workingDaysBetween, type WorkingCalendar } from '../../kernel/calendar.ts';
import type { Language } from '../../kernel/language.ts';
import { translate } from '../../platform/language.ts';
import { isOpen, type LetterState, type Mark } from '../letter.ts';

export type Say = (key: string, params?: Record<string, unknown>) => string;

/** The words of the office's pages about letters, in a language. */
export const sayIn =
  (language: Language): Say =>
  (key, params) =>
    translate(language, `mailbox-office.${key}`, params);

const word =
  (group: 'kinds' | 'boxes' | 'states' | 'satisfaction') =>
  (value: string, language: Language): string =>
    translate(language, `mailbox.${group}.${value}`);
export const kindWord = word('kinds');
export const boxWord = word('boxes');
export const stateWord = word('states');
export const satisfactionWord = word('satisfaction');

/** The choices of a select out of a list of words. */
export const options = (values: readonly string[], label: (value: string) => string) =>
  values.map((value) => ({ value, label: label(value) }));

/** How a state looks: the sign of the component `status`. */
export function stateTone(state: LetterState): 'active' | 'done' | 'stopped' {
  if (isOpen(state)) return 'active';
  return state === 'replied' || state === 'closed' ? 'done' : 'stopped';
}

/** How a mark looks. Cards have signs of their own. */
export function markTone(mark: Mark): string {
  if (mark === 'yellow-card' || mark === 'red-card') return mark;
  return ['urged', 'supervised', 'dissatisfied', 'sent-back'].includes(mark) ? 'overdue' : 'active';
}

const tonesFirst = ['red-card', 'yellow-card', 'overdue', 'active'];
const marksShown = 4;

/** The marks of a letter in a list: the gravest ones, and how many more there are. */
export function listMarks(marks: readonly Mark[], say: Say): { tone: string; text: string }[] {
  const all = marks
    .map((mark) => ({ tone: markTone(mark), text: say(`marks.${mark}`) }))
    .sort((one, other) => tonesFirst.indexOf(one.tone) - tonesFirst.indexOf(other.tone));
  if (all.length <= marksShown + 1) return all;
  return [...all.slice(0, marksShown), { tone: 'active', text: say('marks-more', { count: all.length - marksShown }) }];
}

/** The next deadline in words of a person: how much is left, and whether it is late. */
export function dueWords(dueAt: Date | null, at: Date, calendar: WorkingCalendar, say: Say) {
  if (!dueAt) return null;
  if (dueAt < at) {
    const count = Math.max(0, workingDaysBetween(calendar, cityDay(dueAt), cityDay(at)));
    // On the free days after a deadline no working day has passed yet
    const sameDay = cityDay(dueAt) === cityDay(at);
    return {
      at: dueAt,
      late: true,
      soon: true,
      text: count > 0 ? say('due.late', { count }) : say(sameDay ? 'due.late-today' : 'due.late-free'),
    };
  }
  const count = Math.max(0, workingDaysBetween(calendar, cityDay(at), cityDay(dueAt)));
  const text = count === 0 ? say('due.today') : say('due.left', { count });
  return { at: dueAt, late: false, soon: count <= 2, text };
}
