import { addWorkingDays, cityDay, isWorkingDay, workingDaysBetween, type WorkingCalendar } from '../kernel/calendar.ts';
import { laterDue, type StageClock } from '../kernel/clock.ts';
import { running } from './clocks.ts';
import type { Letter } from './record.ts';
import { reminderDaysLeft, yellowCardDaysLeft } from './settings.ts';

/** What the timetable does to a letter by itself. `key` stands on the letter afterwards, so it is done once. */
export interface TimedStep {
  kind: 'reminder' | 'level-reminder' | 'yellow' | 'red' | 'resume';
  key: string;
  dueAt: Date;
}

type Timed = Pick<Letter, 'clocks' | 'timed' | 'urgency' | 'lead' | 'state'>;

/** True on days on which the city writes to its departments; in emergencies every day is one. */
export const isSendingDay = (urgency: Letter['urgency'], at: Date, calendar: WorkingCalendar): boolean =>
  urgency === 'emergency' || isWorkingDay(calendar, cityDay(at));

/**
 * The step that is due for a letter now, or null. Before the deadline a reminder, then a yellow card 黄牌; from the
 * first working day after it a red card 红牌. Only the gravest is given when days were missed.
 */
export function dueStep(letter: Timed, at: Date, calendar: WorkingCalendar): TimedStep | null {
  if (!isSendingDay(letter.urgency, at, calendar)) return null;
  const waiting = fairDue(running(letter.clocks, 'supplement'), calendar);
  if (waiting && waiting < at && letter.state === 'assigned') {
    return { kind: 'resume', key: `resume ${waiting.toISOString()}`, dueAt: waiting };
  }
  if (!letter.lead) return null;
  const answer = stepOf(running(letter.clocks, 'answer'), at, calendar);
  if (answer && !letter.timed.includes(answer.key)) return answer;
  const level = fairDue(running(letter.clocks, 'level'), calendar);
  if (!level || level > at) return null;
  const step = { kind: 'level-reminder', key: `level-reminder ${level.toISOString()}`, dueAt: level } as const;
  return letter.timed.includes(step.key) ? null : step;
}

/** Where free days were announced after a deadline had been counted, nothing comes before its count of today. */
const fairDue = (clock: StageClock | undefined, calendar: WorkingCalendar): Date | null =>
  (clock && laterDue(clock, calendar)) ?? clock?.deadline.dueAt ?? null;

function stepOf(clock: StageClock | undefined, at: Date, calendar: WorkingCalendar): TimedStep | null {
  const dueAt = fairDue(clock, calendar);
  if (!dueAt) return null;
  const [today, dueDay] = [cityDay(at), cityDay(dueAt)];
  const step = (kind: TimedStep['kind']): TimedStep => ({ kind, key: `${kind} ${dueAt.toISOString()}`, dueAt });
  if (today > dueDay) return step('red');
  if (at > dueAt) return null;
  const left = workingDaysBetween(calendar, today, dueDay);
  if (left <= yellowCardDaysLeft.value()) return step('yellow');
  return left <= reminderDaysLeft.value() ? step('reminder') : null;
}

/** The latest deadline that can mean something today: letters due later need not be looked at. */
export function horizon(at: Date, calendar: WorkingCalendar): Date {
  const days = Math.max(reminderDaysLeft.value(), yellowCardDaysLeft.value());
  const last = addWorkingDays(calendar, cityDay(at), days);
  return new Date(Date.parse(`${last}T00:00:00+08:00`) + 86_400_000);
}
