import { DateTime } from 'luxon';
import { cityZone } from '../kernel/time.ts';
import { foldText } from '../text/index.ts';
import type { InterviewState } from './interview.ts';
import { InterviewModel } from './interviewModel.ts';
import { findListed, type Listed } from './queries.ts';

export const whens = ['all', 'now', 'coming', 'past'] as const;
export type When = (typeof whens)[number];

/** What the list of interviews is narrowed to; all of it stands in the address. */
export interface ListFilter {
  when: When;
  /** A department and all below it. */
  department: string | null;
  year: number | null;
  /** Words of topic, summary, guests or department; all must be there. */
  words: string;
}

const states: Record<When, InterviewState[]> = {
  all: ['announced', 'live', 'closed', 'archived', 'cancelled'],
  now: ['live'],
  coming: ['announced'],
  past: ['closed', 'archived', 'cancelled'],
};

/** Reads the filter from an address; what is not understood is left out. */
export function readFilter(query: Readonly<Record<string, unknown>>): ListFilter {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].trim() : '');
  const year = Number(text('year'));
  return {
    when: whens.find((when) => when === query['when']) ?? 'all',
    department: /^[\w-]{1,40}$/.test(text('department')) ? text('department') : null,
    year: Number.isInteger(year) && year > 2000 && year < 2200 ? year : null,
    words: text('q').slice(0, 60),
  };
}

/** True when nothing is narrowed. */
export function isWhole({ when, department, year, words }: ListFilter): boolean {
  return when === 'all' && department === null && year === null && words === '';
}

/** The filter as it stands in an address, with a leading question mark; '' for the whole list. */
export function filterAddress(
  { when, department, year, words }: ListFilter,
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams({
    ...(when === 'all' ? {} : { when }),
    ...(department ? { department } : {}),
    ...(year ? { year: String(year) } : {}),
    ...(words ? { q: words } : {}),
    ...more,
  }).toString();
  return query === '' ? '' : `?${query}`;
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function condition({ when, department, year, words }: ListFilter): Record<string, unknown> {
  const start = (of: number) => DateTime.fromObject({ year: of }, { zone: cityZone }).toJSDate();
  // As text: the embedded database does not take JavaScript expressions on every field
  const holds = (word: string) => ({ $regex: `${escaped(word)}|${escaped(foldText(word))}`, $options: 'i' });
  const places = ['topic', 'summary', 'guests.name', 'departmentName.zh-CN', 'departmentName.en'];
  const asked = words.split(/\s+/).filter((word) => word !== '');
  return {
    state: { $in: states[when] },
    ...(department ? { departmentPath: department } : {}),
    ...(year ? { startsAt: { $gte: start(year), $lt: start(year + 1) } } : {}),
    ...(asked.length > 0
      ? { $and: asked.slice(0, 6).map((word) => ({ $or: places.map((place) => ({ [place]: holds(word) })) })) }
      : {}),
  };
}

/** A page of interviews, the latest first, with how many there are in all. */
export async function filteredInterviews(
  filter: ListFilter,
  page: number,
  size: number,
): Promise<{ interviews: Listed[]; total: number }> {
  const wanted = condition(filter);
  const [interviews, total] = await Promise.all([
    findListed(wanted, (page - 1) * size, size),
    InterviewModel.countDocuments(wanted),
  ]);
  return { interviews, total };
}

/** What can be chosen: the departments that held an interview, and the years, latest first. */
export async function filterChoices(): Promise<{ departmentIds: string[]; years: number[] }> {
  const open = { state: { $in: states.all } };
  const [paths, dates] = await Promise.all([
    InterviewModel.distinct('departmentPath', open),
    InterviewModel.find(open, { startsAt: 1 }).lean<{ startsAt: Date }[]>(),
  ]);
  const years = new Set(dates.map(({ startsAt }) => DateTime.fromJSDate(startsAt, { zone: cityZone }).year));
  return { departmentIds: paths.filter((id) => typeof id === 'string'), years: [...years].sort((a, b) => b - a) };
}
