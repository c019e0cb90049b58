import { z } from 'zod';
import { cityMoment } from '../kernel/calendar.ts';
import { parse } from '../kernel/parse.ts';
import { now } from '../kernel/time.ts';
import { letterFacts } from '../mailbox/index.ts';
import { leagues, listDepartments, type Department, type League } from '../organization/index.ts';
import { measure, monthsOf, nextMonth, setsOf, type Figures, type Period, type SetName } from './measures.ts';
import { scoreOf, type RankingRules, type Score } from './ranking.ts';
import { cityMinute, openRow, type OpenRow } from './row.ts';
import { monthsShown, rankingRules, refreshSeconds } from './settings.ts';

const month = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
  .catch('')
  .default('');
const schema = z.object({ from: month, until: month });

/** The period somebody asks for; without one the last months up to now. At most five years. */
export function periodOf(input: unknown): Period {
  const asked = parse(schema, input);
  const cutoff = cityMinute(now());
  const until = asked.until || cutoff.slice(0, 7);
  const wished = asked.from && asked.from <= until ? asked.from : nextMonth(until, 1 - monthsShown.value());
  const earliest = nextMonth(until, -59);
  return { from: wished < earliest ? earliest : wished, until, cutoff };
}

interface Kept {
  readAt: number;
  rows: Promise<{ rows: OpenRow[]; period: Period }>;
}
const kept = new Map<string, Kept>();

/** The open data of a period, kept for a while: many look at the same figures. */
export async function openData(input: unknown): Promise<{ rows: OpenRow[]; period: Period }> {
  const period = periodOf(input);
  const key = `${period.from} ${period.until}`;
  const known = kept.get(key);
  if (known && now().getTime() - known.readAt < refreshSeconds.value() * 1000) return known.rows;
  if (kept.size > 50) kept.clear();
  const rows = read(period);
  kept.set(key, { readAt: now().getTime(), rows });
  rows.catch(() => kept.delete(key));
  return rows;
}

async function read(period: Period) {
  const from = cityMoment(`${period.from}-01`, '00:00');
  const until = cityMoment(`${nextMonth(period.until)}-01`, '00:00');
  const departments = new Map((await listDepartments({ retired: true })).map((one) => [one.id, one]));
  const rows = (await letterFacts(from, until)).map((facts) => openRow(facts, departments));
  rows.sort((one, other) => (one.received < other.received ? -1 : one.received > other.received ? 1 : 0));
  return { rows, period };
}

/** A department with its figures; score and rank are null when it has too few letters. */
export interface Standing {
  department: Department;
  figures: Figures;
  score: Score | null;
  rank: number | null;
}

/** Everything a page of figures shows: the whole, every month, every department in its league 组别. */
export async function figuresOf(input: unknown) {
  const { rows, period } = await openData(input);
  const [departments, rules] = [await listDepartments(), rankingRules()];
  const byDepartment = Map.groupBy(rows, (row) => row.departmentId);
  const standings = (league: League) =>
    rank(
      departments.filter((one) => one.league === league && byDepartment.has(one.id)),
      byDepartment,
      period,
      rules,
    );
  return {
    period,
    rules,
    total: measure(rows, period),
    months: byMonth(rows, period),
    leagues: leagues.map((league) => ({ league, standings: standings(league) })),
  };
}

/** The figures of one department, of the whole period and month by month. */
export async function departmentFigures(input: unknown, departmentId: string) {
  const { rows, period } = await openData(input);
  const own = rows.filter((row) => row.departmentId === departmentId);
  return { period, total: measure(own, period), months: byMonth(own, period) };
}

const byMonth = (rows: readonly OpenRow[], period: Period) =>
  sinceFirst(
    monthsOf(period).map((month) => ({ month, figures: measure(rows, { ...period, from: month, until: month }) })),
  );

/** Months before the first letter say nothing: the list begins with the first month in which something happened. */
function sinceFirst<Month extends { figures: Figures }>(months: readonly Month[]): Month[] {
  const first = months.findIndex(({ figures }) => {
    const { received, reply, handling, cards } = figures;
    return received + reply.whole + handling.count + cards.yellow + cards.red > 0;
  });
  return first < 0 ? [] : months.slice(first);
}

/** In order of the score; who has too few letters stands behind, unranked. */
function rank(
  departments: readonly Department[],
  byDepartment: ReadonlyMap<string, OpenRow[]>,
  period: Period,
  rules: RankingRules,
): Standing[] {
  const standings = departments.map((department) => {
    const figures = measure(byDepartment.get(department.id) ?? [], period);
    const score = department.league === 'none' ? null : scoreOf(figures, rules);
    return { department, figures, score };
  });
  const points = ({ score }: { score: Score | null }) => score?.points ?? -1;
  standings.sort((one, other) => points(other) - points(one) || other.figures.onTime.whole - one.figures.onTime.whole);
  return standings.map((one) => ({
    ...one,
    rank: one.score === null ? null : 1 + standings.filter((other) => points(other) > points(one)).length,
  }));
}

/** The letters behind a number: identifiers of the set, of one department when one is named, newest first. */
export async function lettersOfSet(input: unknown, set: SetName, departmentId: string): Promise<string[]> {
  const { rows, period } = await openData(input);
  const own = departmentId ? rows.filter((row) => row.departmentId === departmentId) : rows;
  const letters = setsOf(own, period)[set];
  return letters.map(({ letterId }) => letterId).reverse();
}
