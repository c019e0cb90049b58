import { cityDay, dayOf, isWorkingDay, addDays, cityMoment, type Day, type WorkingCalendar } from './calendar.ts';
import {
  calendarOf,
  clockLength,
  countDays,
  type ClockUnit,
  type Deadline,
  type Pause,
  type StageClock,
} from './clock.ts';

/** Why a day was counted or not. `start`: the day of the beginning; `moved`: the last day was free, it went on. */
export type DayReason = 'start' | 'weekday' | 'make-up' | 'weekend' | 'holiday' | 'calendar-day' | 'paused' | 'moved';

export interface ExplainedDay {
  day: Day;
  reason: DayReason;
  /** The festival of a holiday or make-up day. */
  name?: string;
  counted: boolean;
  /** How many units are counted up to and including this day. */
  number: number;
  certain: boolean;
  /** The deadline falls on this day. */
  due: boolean;
}

export interface Explanation {
  stage: string;
  ruleKey: string;
  unit: ClockUnit;
  /** Length with extensions, in the unit. */
  length: number;
  startedAt: Date;
  dueAt: Date | null;
  provisional: boolean;
  /** Where the deadline was before free days were announced, and why it was moved. */
  moved: Deadline['moved'] | null;
  pauses: readonly Pause[];
  extensions: readonly { at: Date; amount: number }[];
  /** One entry a day, from the start to the deadline (or to the stop that still lasts). Empty for hours. */
  days: readonly ExplainedDay[];
}

/** Lists day by day why the frozen deadline is what it is; needs no calendar but the one kept with it. */
export function explainClock(clock: StageClock): Explanation {
  const { rule, deadline, pauses, extensions, startedAt, stage } = clock;
  const length = clockLength(clock);
  const common = { stage, ruleKey: rule.key, unit: rule.unit, length, startedAt, pauses, extensions };
  const days = rule.unit === 'hours' ? [] : explainDays(clock, length);
  return {
    ...common,
    dueAt: deadline.dueAt,
    provisional: deadline.provisional,
    moved: deadline.moved ?? null,
    days,
  };
}

function explainDays(clock: StageClock, length: number): ExplainedDay[] {
  const calendar = calendarOf(clock.deadline);
  const last = clock.deadline.calendar.until;
  const start = dayOf(calendar, cityDay(clock.startedAt));
  const none = { counted: false, number: 0, due: false };
  const days: ExplainedDay[] = [{ day: start.day, reason: 'start', certain: start.certain, ...none }];
  let reached = false;
  for (const step of countDays(clock, calendar)) {
    if (step === 'stopped' || step.day > last) break;
    const about = dayOf(calendar, step.day);
    const due = clock.deadline.dueAt !== null && step.day === last;
    const inCalendarDays = clock.rule.unit === 'calendar-days';
    const stopped = step.paused && (inCalendarDays || step.working);
    const reason = stopped ? 'paused' : reached ? 'moved' : inCalendarDays ? 'calendar-day' : about.why;
    const name = about.name === undefined ? {} : { name: about.name };
    days.push({
      day: step.day,
      reason,
      ...name,
      counted: step.counted,
      number: step.number,
      certain: about.certain,
      due,
    });
    reached ||= step.number >= length;
  }
  return days;
}

/**
 * Handling time 办理时长 in working days: those after the first day up to the last at whose close the clock ran.
 * The same day gives 0.
 */
export function handlingDays(
  calendar: WorkingCalendar,
  from: Date,
  to: Date,
  pauses: readonly Pause[],
  closesAt: string,
): number {
  const last = cityDay(to);
  let count = 0;
  for (let day = addDays(cityDay(from), 1); day <= last; day = addDays(day, 1)) {
    if (!isWorkingDay(calendar, day)) continue;
    const close = cityMoment(day, closesAt).getTime();
    if (!pauses.some((pause) => pause.from.getTime() < close && (!pause.to || pause.to.getTime() >= close))) count += 1;
  }
  return count;
}
