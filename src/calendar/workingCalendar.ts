import type { WorkingCalendar } from '../kernel/calendar.ts';
import type { NoticeDay } from './notice.ts';
import { calendarFrom, seedNotices } from './seed.ts';
import { CalendarYearModel } from './yearModel.ts';

const seed = seedNotices();
const keepSeconds = 60;
let calendar = calendarFrom(seed.days, seed.years);
let loadedAt = 0;

/** The working calendar in force. Asks the database at most once a minute, so that every process follows a change. */
export async function workingCalendar(): Promise<WorkingCalendar> {
  if (Date.now() - loadedAt > keepSeconds * 1000) await loadCalendar();
  return calendar;
}

/** Reads the years entered over those brought along. */
export async function loadCalendar(): Promise<WorkingCalendar> {
  const years = await CalendarYearModel.find().sort({ _id: 1 }).lean();
  const entered = new Set(years.map((year) => year._id));
  const days = seed.days.filter(({ day }) => !entered.has(day.slice(0, 4)));
  const covered = new Set([...seed.years, ...years.map((year) => Number(year._id))]);
  const all = new Map(days.map((day) => [day.day, day]));
  for (const year of years) for (const day of seedTail(year._id)) all.set(day.day, day);
  for (const year of years) for (const day of year.days) all.set(day.day, day);
  calendar = calendarFrom([...all.values()], [...covered]);
  loadedAt = Date.now();
  return calendar;
}

/** The last days of December belong to the next year's notice: entering their own year does not take them away. */
function seedTail(year: string): NoticeDay[] {
  return seed.days.filter(({ day }) => day >= `${year}-12-29` && day <= `${year}-12-31`);
}
