import { addDays, type Day, type SpecialDay } from '../kernel/calendar.ts';

export interface NoticeDay extends SpecialDay {
  day: Day;
}

/** A line that could not be read; the number counts from 1. */
export interface NoticeFault {
  line: number;
  text: string;
}

/**
 * Reads the yearly holiday notice 放假通知 as an administrator has it at hand, one entry a line:
 * - the notice's own words: `春节：2月15日至23日放假调休，共9天。2月14日（周六）、2月28日（周六）上班。`
 * - short lines or CSV: `2026-02-15 2026-02-23 休 春节`, `2026-02-14,班,春节`
 * `year` completes dates without one. Empty lines and lines that begin with # are left out.
 */
export function parseNotice(text: string, year: number): { days: NoticeDay[]; faults: NoticeFault[] } {
  const days = new Map<Day, NoticeDay>();
  const faults: NoticeFault[] = [];
  for (const [index, raw] of text.normalize('NFKC').split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (!line || line.startsWith('#') || /^(date|day|日期)[,;\s]/i.test(line)) continue;
    const entries = entriesOf(line);
    for (const entry of entries) {
      const read = shortLine(entry) ?? noticeSentence(entry, year);
      if (read) for (const day of read) days.set(day.day, day);
      // Words around the entries of a notice that was pasted as one line
      else if (entries.length === 1 || /月\d/.test(entry)) faults.push({ line: index + 1, text: entry.slice(0, 80) });
    }
  }
  return { days: [...days.values()].sort((one, other) => (one.day < other.day ? -1 : 1)), faults };
}

/** A notice pasted as one line holds several entries: each begins with its number, or with a festival after a full stop. */
const entriesOf = (line: string): string[] =>
  line
    .split(
      /(?=(?<![一二三四五六七八九十])[一二三四五六七八九十]+、\s*[^:。;\d]{2,12}:)|(?<=。)\s*(?=[^:。;,\d]{2,12}:)/,
    )
    .map((entry) => entry.trim())
    .filter(Boolean);

const kinds: Record<string, SpecialDay['kind']> = {
  休: 'free',
  放假: 'free',
  free: 'free',
  holiday: 'free',
  班: 'working',
  上班: 'working',
  working: 'working',
};

function shortLine(line: string): NoticeDay[] | null {
  const [from, ...rest] = line.split(/[\s,;]+/).filter(Boolean);
  if (!from || !isDay(from)) return null;
  const to = rest[0] && isDay(rest[0]) ? rest.shift() : from;
  const kind = kinds[rest.shift() ?? ''];
  const name = rest.join(' ');
  if (!kind || !to || to < from || to > addDays(from, 40)) return null;
  return range(from, to, kind, name);
}

function noticeSentence(line: string, year: number): NoticeDay[] | null {
  const parts = /^(?:[一二三四五六七八九十]+、|\d+[.、])?\s*([^:]{2,12}):(.+)$/.exec(line);
  const [name, body] = [parts?.[1], parts?.[2]];
  if (!name || !body) return null;
  const days: NoticeDay[] = [];
  for (const sentence of body.replace(/\([^)]*\)/g, '').split(/[。;]/)) {
    const kind = /上班/.test(sentence) ? 'working' : /放假|补休|调休/.test(sentence) ? 'free' : null;
    if (kind) days.push(...datesOf(sentence, year, kind, name));
  }
  return days.length ? days : null;
}

function datesOf(sentence: string, year: number, kind: SpecialDay['kind'], name: string): NoticeDay[] {
  const days: NoticeDay[] = [];
  const pattern =
    /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:\s*(?:至|到|-)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?/g;
  for (const [, fromYear, fromMonth, fromDate, toYear, toMonth, toDate] of sentence.matchAll(pattern)) {
    const from = dayFrom(fromYear ?? year, fromMonth, fromDate);
    const to = toDate ? dayFrom(toYear ?? fromYear ?? year, toMonth ?? fromMonth, toDate) : from;
    if (isDay(from) && isDay(to)) days.push(...range(from, to, kind, name));
  }
  return days;
}

const two = (text: string | undefined): string => (text ?? '').padStart(2, '0');
const dayFrom = (year: number | string, month: string | undefined, date: string | undefined): Day =>
  `${year}-${two(month)}-${two(date)}`;

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function range(from: Day, to: Day, kind: SpecialDay['kind'], name: string): NoticeDay[] {
  const days: NoticeDay[] = [];
  for (let day = from; day <= to && days.length <= 40; day = addDays(day, 1)) days.push({ day, kind, name });
  return days;
}
