import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { enqueue } from '../../platform/queue/queue.ts';
import { parseNotice, type NoticeDay } from '../notice.ts';
import { canEnterCalendar } from '../policy.ts';
import { recountDeadlines } from '../recount.ts';
import { loadCalendar } from '../workingCalendar.ts';
import { CalendarYearModel } from '../yearModel.ts';

const schema = z.object({
  year: z.coerce.number().int().min(2018).max(2100),
  text: z.string().trim().min(1, say('calendar.faults.empty')).max(20_000),
  /** Special days that were known may go. */
  confirm: z.union([z.boolean(), z.string().max(10)]).default(false),
});

/**
 * Enters the holiday notice of a year (its words, short lines or CSV) in place of what was known of it. Frozen
 * deadlines stay; provisional ones are counted again. Throws a 422 on `text` naming the line it cannot read.
 */
export async function enterYear(actor: Actor, input: unknown): Promise<{ year: number; days: number }> {
  const { year, text, confirm } = parse(schema, input);
  if (!canEnterCalendar(actor)) throw forbidden();
  const days = checkedDays(text, year);
  const id = String(year);
  const gone = await daysTakenAway(year, days);
  if (gone.length > 0 && !['1', 'on', 'true', true].includes(confirm)) {
    const params = { count: gone.length, days: gone.slice(0, 40).join(' ') };
    throw invalid({ confirm: { key: 'calendar.faults.takes-away', params } });
  }
  const before = await CalendarYearModel.findById(id, { days: 1 }).lean();
  const by = actor.kind === 'staff' ? actor.name : 'system';
  await CalendarYearModel.updateOne({ _id: id }, { $set: { days, enteredAt: now(), enteredBy: by } }, { upsert: true });
  await loadCalendar();
  await recordAudit(actor, {
    verb: 'calendar.enter',
    target: { type: 'calendar', id, label: id },
    before: { days: before ? lines(before.days) : [] },
    after: { days: lines(days) },
  });
  await enqueue(recountDeadlines, { year });
  return { year, days: days.length };
}

const lines = (days: readonly NoticeDay[]): string[] => days.map(({ day, kind, name }) => `${day} ${kind} ${name}`);

/** Special days of the year that are known now and would not be any more. */
async function daysTakenAway(year: number, days: readonly NoticeDay[]): Promise<string[]> {
  const { days: known, coveredYears } = await loadCalendar();
  if (!coveredYears.has(year)) return [];
  const next = new Set(days.map(({ day }) => day));
  const ofYear = [...known.keys()].filter((day) => day.startsWith(`${year}-`) && day < `${year}-12-29`);
  return ofYear.filter((day) => !next.has(day)).sort();
}

function checkedDays(text: string, year: number): NoticeDay[] {
  const { days, faults } = parseNotice(text, year);
  const fault = faults[0];
  if (fault) throw invalid({ text: { key: 'calendar.faults.line', params: { line: fault.line, text: fault.text } } });
  const outside = days.find(({ day }) => day < `${year - 1}-12-25` || day > `${year + 1}-01-03`);
  if (outside) throw invalid({ text: { key: 'calendar.faults.other-year', params: { day: outside.day, year } } });
  const workday = days.find(({ day, kind }) => kind === 'working' && ![0, 6].includes(new Date(day).getUTCDay()));
  if (workday) throw invalid({ text: { key: 'calendar.faults.not-a-weekend', params: { day: workday.day } } });
  const free = days.filter(({ kind, day }) => kind === 'free' && day.startsWith(String(year))).length;
  if (free < 7) throw invalid({ text: { key: 'calendar.faults.too-few', params: { count: free, year } } });
  return days;
}
