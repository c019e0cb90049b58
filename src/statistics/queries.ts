import { z } from 'zod';
import { parse } from '../kernel/parse.ts';
import { now } from '../kernel/time.ts';
import { leagues, listDepartments, type Department, type League } from '../organization/index.ts';
import { letterRows } from './letterRows.ts';
import { countsIn, measure, monthsOf, nextMonth, setsOf, type Figures, type Period, type SetName } from './measures.ts';
import { leagueRates, scoreOf, type RankingRules, type Score } from './ranking.ts';
import { citySecond, named, type OpenRow } from './row.ts';
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
  const cutoff = citySecond(now());
  const until = asked.until || cutoff.slice(0, 7);
  const wished = asked.from && asked.from <= until ? asked.from : nextMonth(until, 1 - monthsShown.value());
  const earliest = nextMonth(until, -59);
  return { from: wished < earliest ? earliest : wished, until, cutoff };
}

const keptMost = 20;

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
  const age = known ? now().getTime() - known.readAt : -1;
  // A clock that was put back must not keep them for ever
  if (known && age >= 0 && age < refreshSeconds.value() * 1000) return known.rows;
  const rows = read(period);
  kept.delete(key);
  kept.set(key, { readAt: now().getTime(), rows });
  rows.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= keptMost) break;
    kept.delete(oldest);
  }
  return rows;
}

async function read(period: Period) {
  const departments = new Map((await listDepartments({ retired: true })).map((one) => [one.id, one]));
  const rows: OpenRow[] = [];
  for (const row of await letterRows().upToDate(period)) if (countsIn(row, period)) rows.push(named(row, departments));
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

interface Measured {
  total: Figures;
  months: { month: string; figures: Figures }[];
  byDepartment: ReadonlyMap<string, Figures>;
}
const measuredOf = new WeakMap<readonly OpenRow[], Measured>();

/** What follows from rows is worked out once for all who look at them. */
function measured(rows: readonly OpenRow[], period: Period): Measured {
  const known = measuredOf.get(rows);
  if (known) return known;
  const groups = Map.groupBy(rows, (row) => row.departmentId);
  const byDepartment = new Map([...groups].map(([id, own]) => [id, measure(own, period)]));
  const fresh = { total: measure(rows, period), months: byMonth(rows, period), byDepartment };
  measuredOf.set(rows, fresh);
  return fresh;
}

/** Everything a page of figures shows: the whole, every month, every department in its league 组别. */
export async function figuresOf(input: unknown) {
  const { rows, period } = await openData(input);
  const [departments, rules] = [await listDepartments(), rankingRules()];
  const { total, months, byDepartment } = measured(rows, period);
  const standings = (league: League) =>
    rank(
      departments.filter((one) => one.league === league && byDepartment.has(one.id)),
      byDepartment,
      rules,
    );
  return {
    period,
    rules,
    total,
    months,
    leagues: leagues.map((league) => ({ league, standings: standings(league) })),
  };
}

/** The figures of one department, of the whole period and month by month. */
export async function departmentFigures(input: unknown, departmentId: string) {
  const { rows, period } = await openData(input);
  const own = rows.filter((row) => row.departmentId === departmentId);
  const { rules, leagues: all } = await figuresOf(input);
  const standing = all.flatMap(({ standings }) => standings).find(({ department }) => department.id === departmentId);
  return { period, rules, standing, total: measure(own, period), months: byMonth(own, period) };
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
  byDepartment: ReadonlyMap<string, Figures>,
  rules: RankingRules,
): Standing[] {
  const own = departments.flatMap((department) => {
    const figures = byDepartment.get(department.id);
    return figures ? [{ department, figures }] : [];
  });
  const rates = leagueRates(own.map(({ figures }) => figures));
  const standings = own.map(({ department, figures }) => ({
    department,
    figures,
    score: department.league === 'none' ? null : scoreOf(figures, rules, rates),
  }));
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
