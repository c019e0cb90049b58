import { addWorkingDays, cityDay, cityMoment, isWorkingDay, type WorkingCalendar } from '../kernel/calendar.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { immediate, type Notice, type NoticeKind } from './notice.ts';
import type { Letter } from './record.ts';
import { officeOpensAt } from './settings.ts';

/** When a notice may go out: at once on working days and in emergencies, otherwise when offices open again. */
export function sendableAt(kind: NoticeKind, urgency: Letter['urgency'], at: Date, calendar: WorkingCalendar): Date {
  const today = cityDay(at);
  if (urgency === 'emergency' || immediate.includes(kind) || isWorkingDay(calendar, today)) return at;
  return cityMoment(addWorkingDays(calendar, today, 1), opensAt());
}

/** Beginning of office hours; a setting that is no time of day counts as 09:00. */
function opensAt(): string {
  const typed = officeOpensAt.value();
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(typed) ? typed : '09:00';
}

type Told = Pick<Letter, 'urgency'>;

/** A notice to the writer. */
export function tellWriter(
  letter: Told,
  kind: NoticeKind,
  calendar: WorkingCalendar,
  data: Notice['data'] = {},
  sealed: string | null = null,
): Notice {
  const at = sendableAt(kind, letter.urgency, now(), calendar);
  return { id: newId(), kind, to: 'writer', departmentId: null, at, data, sealed };
}

/** A notice to a department. */
export function tellDepartment(
  letter: Told,
  departmentId: string,
  kind: NoticeKind,
  calendar: WorkingCalendar,
  data: Notice['data'] = {},
): Notice {
  const at = sendableAt(kind, letter.urgency, now(), calendar);
  return { id: newId(), kind, to: 'department', departmentId, at, data, sealed: null };
}

/** A notice to one person of a department. */
export function tellPerson(
  letter: Told,
  departmentId: string,
  personId: string,
  kind: NoticeKind,
  calendar: WorkingCalendar,
): Notice {
  return tellDepartment(letter, departmentId, kind, calendar, { personId });
}

/** A moment as a notice carries it. */
export const moment = (at: Date | null): string | null => at?.toISOString() ?? null;
