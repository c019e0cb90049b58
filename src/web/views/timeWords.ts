import type { Language } from '../../kernel/language.ts';
import { cityZone } from '../../kernel/time.ts';

export type Say = (key: string, params?: Record<string, unknown>) => string;
export type DateStyle = 'exact' | 'date' | 'weekday' | 'day' | 'clock';

const minute = 60_000;
const hour = 60 * minute;

const styles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  exact: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  weekday: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
  day: { month: 'long', day: 'numeric' },
  clock: { hour: '2-digit', minute: '2-digit' },
};
const formats = new Map<string, Intl.DateTimeFormat>();

/** Gives a moment as the city's clocks and calendars show it. */
export function writeDate(moment: Date, style: DateStyle, language: Language): string {
  const name = `${language} ${style}`;
  let format = formats.get(name);
  if (!format) {
    const locale = language === 'en' ? 'en-GB' : language;
    format = new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: cityZone, hourCycle: 'h23' });
    formats.set(name, format);
  }
  return format.format(moment).replace(/日(周|星期)/, '日 $1');
}

/** Days from one moment's calendar day in the city to the other's. */
function daysBetween(from: Date, to: Date): number {
  const shift = 8 * hour; // Asia/Shanghai has kept UTC+8 without summer time since 1991
  const dayOf = (moment: Date) => Math.floor((moment.getTime() + shift) / (24 * hour));
  return dayOf(to) - dayOf(from);
}

/** Gives a moment in words as people say it: “3 minutes ago”, “tomorrow 09:30”, “7 July 17:00”. */
export function timeWords(moment: Date, present: Date, language: Language, say: Say): string {
  const distance = moment.getTime() - present.getTime();
  const minutes = Math.round(Math.abs(distance) / minute);
  if (minutes < 1) return say('time.just-now');
  if (minutes < 60) return say(distance < 0 ? 'time.minutes-ago' : 'time.in-minutes', { count: minutes });
  const clock = writeDate(moment, 'clock', language);
  const days = daysBetween(present, moment);
  if (days === 0) return say('time.today', { clock });
  if (days === -1) return say('time.yesterday', { clock });
  if (days === 1) return say('time.tomorrow', { clock });
  const sameYear = writeDate(moment, 'date', language).includes(String(yearOf(present)));
  const day = writeDate(moment, sameYear ? 'day' : 'date', language);
  return say('time.on-day', { day, clock });
}

function yearOf(moment: Date): number {
  return new Date(moment.getTime() + 8 * hour).getUTCFullYear();
}
