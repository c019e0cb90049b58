import { addDays, dayOf, type WorkingCalendar } from '../kernel/calendar.ts';
import { workingCalendar } from './workingCalendar.ts';
import { CalendarYearModel } from './yearModel.ts';

/** A run of special days with one name, as the notice has it. */
export interface CalendarSpan {
  from: string;
  to: string;
  working: boolean;
  name: string;
}

/** What is known of a year: its special days, how many working days it has, who entered it (null: brought along). */
export async function calendarYear(year: number): Promise<{
  covered: boolean;
  years: number[];
  spans: CalendarSpan[];
  workingDays: number;
  entered: { by: string; at: Date } | null;
}> {
  const calendar = await workingCalendar();
  const row = await CalendarYearModel.findById(String(year), { enteredAt: 1, enteredBy: 1 }).lean();
  let workingDays = 0;
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1))
    if (dayOf(calendar, day).working) workingDays += 1;
  return {
    covered: calendar.coveredYears.has(year),
    years: [...calendar.coveredYears].sort((one, other) => one - other),
    spans: spansOf(calendar, year),
    workingDays,
    entered: row ? { by: row.enteredBy, at: row.enteredAt } : null,
  };
}

function spansOf(calendar: WorkingCalendar, year: number): CalendarSpan[] {
  const spans: CalendarSpan[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const special = calendar.days.get(day);
    if (!special) continue;
    const working = special.kind === 'working';
    const last = spans.at(-1);
    if (last && last.name === special.name && last.working === working && addDays(last.to, 1) === day) last.to = day;
    else spans.push({ from: day, to: day, working, name: special.name });
  }
  return spans;
}
