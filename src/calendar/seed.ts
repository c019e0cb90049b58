import { readFileSync } from 'node:fs';
import type { WorkingCalendar } from '../kernel/calendar.ts';
import { parseNotice, type NoticeDay } from './notice.ts';

/** The notices the program brings along: 2018–2026, State Council General Office 国务院办公厅. */
export function seedNotices(): { days: NoticeDay[]; years: number[] } {
  const text = readFileSync(new URL('./notices.txt', import.meta.url), 'utf8');
  const years = [...text.matchAll(/^# (\d{4})$/gm)].map((match) => Number(match[1]));
  const { days, faults } = parseNotice(text, 0);
  const fault = faults[0];
  if (fault) throw new Error(`notices.txt, line ${fault.line}: ${fault.text}`);
  return { days, years };
}

/** A calendar from entries and the years they cover. */
export function calendarFrom(days: readonly NoticeDay[], years: readonly number[]): WorkingCalendar {
  return {
    days: new Map(days.map(({ day, kind, name }) => [day, { kind, name }] as const)),
    coveredYears: new Set(years),
  };
}
