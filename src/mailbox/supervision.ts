import type { WorkingCalendar } from '../kernel/calendar.ts';
import { newId } from '../kernel/id.ts';
import type { Mark } from './letter.ts';
import { tellDepartment } from './notices.ts';
import type { Notice } from './notice.ts';
import type { Card, Order } from './supervisionRecord.ts';
import type { Doer } from './trailRecord.ts';
import type { Letter } from './record.ts';

const system: Doer = { kind: 'system', id: 'system', name: '' };

/** A supervision order that follows from the rules; null when no department has the letter. `cause` is a message key's end. */
export function systemOrder(
  letter: Letter,
  cause: 'overdue' | 'dissatisfied-again' | 'dissatisfied-at-resurvey',
  at: Date,
  calendar: WorkingCalendar,
): { order: Order; notice: Notice } | null {
  return letter.lead ? orderFor(letter, letter.lead, { cause, by: system, at, calendar }) : null;
}

/** A supervision order 督办单 to the department that has the letter. A cause in words, or the end of a message key. */
export function orderFor(
  letter: Letter,
  lead: NonNullable<Letter['lead']>,
  given: { cause: string; by: Doer; at: Date; calendar: WorkingCalendar },
): { order: Order; notice: Notice } {
  const { cause, by, at, calendar } = given;
  const { departmentId, name, path } = lead;
  const order = { id: newId(), at, by, reason: cause, departmentId, departmentName: name, path, answer: null };
  return { order, notice: tellDepartment(letter, departmentId, 'ordered', calendar, { reason: cause }) };
}

/** The marks that the cards of a letter leave on it: withdrawn ones none. */
export function cardMarks(marks: readonly Mark[], cards: readonly Card[]): Mark[] {
  const standing = cards.filter(({ withdrawn }) => !withdrawn);
  const kept = marks.filter((mark) => !['yellow-card', 'red-card', 'appealed'].includes(mark));
  if (standing.some(({ colour }) => colour === 'yellow')) kept.push('yellow-card');
  if (standing.some(({ colour }) => colour === 'red')) kept.push('red-card');
  if (standing.some(({ appeal }) => appeal && !appeal.answer)) kept.push('appealed');
  return kept;
}

/** Adds a mark once. */
export const withMark = (marks: readonly Mark[], ...added: readonly Mark[]): Mark[] => [
  ...new Set([...marks, ...added]),
];
