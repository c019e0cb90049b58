import { DateTime } from 'luxon';
import { cityZone } from './time.ts';

/** A day of the city as text, `2026-02-14`; compares and sorts as text. */
export type Day = string;

/** What the State Council's yearly notice says of one day that differs from its place in the week. */
export interface SpecialDay {
  kind: 'free' | 'working';
  /** The festival it belongs to, e.g. 春节. */
  name: string;
}

/** The working calendar 工作日历: the table of special days and the years whose notice is in it. */
export interface WorkingCalendar {
  days: ReadonlyMap<Day, SpecialDay>;
  coveredYears: ReadonlySet<number>;
}

/** One day as the calendar sees it. */
export interface CalendarDay {
  day: Day;
  working: boolean;
  why: 'weekday' | 'weekend' | 'holiday' | 'make-up';
  /** The festival, for holidays and make-up days 调休. */
  name?: string;
  /** False while the notice that may still change this day is not known. */
  certain: boolean;
}

const milliseconds = 86_400_000;
const toNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(toNumber(day) + count * milliseconds).toISOString().slice(0, 10);
}

/** Since this moment the city has been eight hours ahead all the year: no need to look a zone up, a hundred times slower. */
const steadySince = Date.UTC(1992, 0, 1);
const aheadBy = 8 * 3_600_000;

/** The day in the city at a moment. */
export function cityDay(moment: Date): Day {
  const time = moment.getTime();
  if (time >= steadySince) return new Date(time + aheadBy).toISOString().slice(0, 10);
  return DateTime.fromJSDate(moment, { zone: cityZone }).toFormat('yyyy-MM-dd');
}

/** The moment at which the clocks of the city show `time` (`17:00`) on a day. */
export function cityMoment(day: Day, time: string): Date {
  const midnight = toNumber(day);
  // A day that is none, 30 February, must stay none
  const isDay = midnight > steadySince && new Date(midnight).toISOString().startsWith(day);
  if (isDay) return new Date(`${day}T${time}+08:00`);
  return DateTime.fromISO(`${day}T${time}`, { zone: cityZone }).toJSDate();
}

/**
 * Says what kind of day it is and why. Days of years that are not covered follow the week
 * and the holidays whose date the law fixes, and are not certain.
 */
export function dayOf(calendar: WorkingCalendar, day: Day): CalendarDay {
  const certain = isCertain(calendar, day);
  const special = calendar.days.get(day) ?? (coversYear(calendar, day) ? undefined : fixedHolidays.get(day.slice(5)));
  if (special) {
    const working = special.kind === 'working';
    return { day, working, why: working ? 'make-up' : 'holiday', name: special.name, certain };
  }
  const weekday = new Date(toNumber(day)).getUTCDay();
  const working = weekday !== 0 && weekday !== 6;
  return { day, working, why: working ? 'weekday' : 'weekend', certain };
}

/** True on working days 工作日, make-up Saturdays and Sundays included. */
export function isWorkingDay(calendar: WorkingCalendar, day: Day): boolean {
  return dayOf(calendar, day).working;
}

/** The `count`-th working day after a day; with a negative count before it. Zero gives the day itself. */
export function addWorkingDays(calendar: WorkingCalendar, day: Day, count: number): Day {
  const step = count < 0 ? -1 : 1;
  let current = day;
  for (let left = Math.abs(count); left > 0;) {
    current = addDays(current, step);
    if (isWorkingDay(calendar, current)) left -= 1;
  }
  return current;
}

/** The day itself when it is a working day, else the next one. */
export function workingDayFrom(calendar: WorkingCalendar, day: Day): Day {
  return isWorkingDay(calendar, day) ? day : addWorkingDays(calendar, day, 1);
}

/** How many working days lie after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Day, to: Day): number {
  if (to < from) return -workingDaysBetween(calendar, to, from);
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count += 1;
  return count;
}

/**
 * The notice of a year may still move its New Year's bridge into the last days of the year before
 * (29–31 December 2018 were set by the notice for 2019), so these wait for both notices.
 */
function isCertain(calendar: WorkingCalendar, day: Day): boolean {
  if (!coversYear(calendar, day)) return false;
  return day.slice(5) < '12-29' || calendar.coveredYears.has(Number(day.slice(0, 4)) + 1);
}

const coversYear = (calendar: WorkingCalendar, day: Day): boolean => calendar.coveredYears.has(Number(day.slice(0, 4)));

/** 全国年节及纪念日放假办法 art. 2, as of 2025: holidays on fixed days of the solar calendar, whatever the notice says. */
const fixedHolidays = new Map<string, SpecialDay>(
  Object.entries({ 元旦: '01-01', 劳动节: '05-01 05-02', 国庆节: '10-01 10-02 10-03' }).flatMap(([name, days]) =>
    days.split(' ').map((day) => [day, { kind: 'free' as const, name }] as const),
  ),
);
