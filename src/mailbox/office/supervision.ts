import { createHash } from 'node:crypto';
import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import { hasRole, type Actor } from '../../kernel/actor.ts';
import { cityDay, cityMoment } from '../../kernel/calendar.ts';
import { forbidden } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { departmentName, listDepartments } from '../../organization/index.ts';
import { openLetters, type QueueRow } from '../board.ts';
import { LetterModel } from '../letterModel.ts';
import { canRead } from '../policy.ts';
import type { Letter } from '../record.ts';
import { letterPath, tableRow } from './rows.ts';
import { resurveySize } from './settings.ts';

export const seesBoard = (actor: Actor): boolean => hasRole(actor, 'supervisor', 'clerk', 'head');

const counted = {
  open: (row: QueueRow) => row.state !== 'replied',
  'due-soon': (row: QueueRow, at: Date) =>
    row.dueAt !== null && row.dueAt >= at && row.dueAt.getTime() < at.getTime() + 3 * 86_400_000,
  overdue: (row: QueueRow, at: Date) => row.dueAt !== null && row.dueAt < at,
  urged: (row: QueueRow) => row.marks.includes('urged'),
  supervised: (row: QueueRow) => row.marks.includes('supervised'),
  yellow: (row: QueueRow) => row.marks.includes('yellow-card'),
  red: (row: QueueRow) => row.marks.includes('red-card'),
  appeals: (row: QueueRow) => row.marks.includes('appealed'),
  dissatisfied: (row: QueueRow) => row.marks.includes('dissatisfied'),
} as const;
type Measure = keyof typeof counted;
const measures = Object.keys(counted) as Measure[];
/** Where the letters behind a number are. */
const addressOf: Record<Measure, string> = {
  open: 'queue=all',
  'due-soon': 'queue=due-soon',
  overdue: 'queue=overdue',
  urged: 'queue=all&mark=urged',
  supervised: 'queue=all&mark=supervised',
  yellow: 'queue=all&mark=yellow-card',
  red: 'queue=all&mark=red-card',
  appeals: 'queue=all&mark=appealed',
  dissatisfied: 'queue=all&mark=dissatisfied',
};

/** The board 督办看板: every department this person oversees with what is due, overdue, urged, carded; the worst first. */
export async function boardModel(actor: Actor) {
  if (!seesBoard(actor)) throw forbidden('mailbox.errors.not-your-part');
  const [letters, at, calendar] = [await openLetters(), now(), await workingCalendar()];
  const rows = [...letters.values()].filter((row) => canRead(actor, row));
  const byDepartment = Map.groupBy(
    rows.filter(({ lead }) => lead),
    (row) => row.lead?.departmentId ?? '',
  );
  const departments = await listDepartments();
  const count = (some: readonly QueueRow[], measure: Measure) => some.filter((row) => counted[measure](row, at)).length;
  const lines = departments.flatMap((department) => {
    const own = byDepartment.get(department.id);
    if (!own) return [];
    const cells = measures.map((measure) => ({
      measure,
      count: count(own, measure),
      href: `/office/letters?${addressOf[measure]}&department=${department.id}`,
      bad: ['overdue', 'red'].includes(measure),
    }));
    return [
      {
        name: departmentName(department, actor.language),
        cells,
        weight: count(own, 'red') * 100 + count(own, 'overdue'),
      },
    ];
  });
  const late = rows
    .filter((row) => counted.overdue(row, at))
    .sort((one, other) => Number(one.dueAt) - Number(other.dueAt));
  return {
    totals: measures.map((measure) => ({
      measure,
      count: count(rows, measure),
      href: `/office/letters?${addressOf[measure]}`,
    })),
    lines: lines.sort((one, other) => other.weight - one.weight),
    late: late.slice(0, 15).map((row) => tableRow(row, { at, calendar, language: actor.language })),
    lateCount: late.length,
    unassigned: rows.filter(({ lead, state }) => !lead && state !== 'replied').length,
  };
}

const sampleSchema = z.object({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .catch('')
    .default(''),
  seed: z.string().trim().max(40).catch('').default(''),
  size: z.coerce.number().int().min(1).max(500).catch(0).default(0),
});

/** Place of a letter in a sample: who knows seed and numbers can work it out again. */
export const drawKey = (seed: string, number: string): string =>
  createHash('sha256').update(`${seed}\n${number}`).digest('hex');

/**
 * The sample of a telephone re-survey 电话回访: the letters answered in a month, in the order of
 * SHA-256(seed, line feed, number), the first `size` of them. The same month and seed always give the same letters.
 */
export async function resurveyModel(actor: Actor, query: unknown) {
  if (!hasRole(actor, 'supervisor', 'clerk')) throw forbidden('mailbox.errors.not-your-part');
  const typed = parse(sampleSchema, query);
  const month = typed.month || cityDay(new Date(now().getTime() - 25 * 86_400_000)).slice(0, 7);
  const seed = typed.seed || newId(8);
  const size = typed.size || resurveySize.value();
  const answered = await answeredIn(month);
  const population = answered
    .filter((letter) => canRead(actor, letter))
    .map((letter) => ({ letter, key: drawKey(seed, letter.number) }));
  population.sort((one, other) => (one.key < other.key ? -1 : 1));
  const sample = `${month}/${seed}`;
  const drawn = population.slice(0, size).map(({ letter }) => ({
    number: letter.number,
    title: letter.title,
    department: letter.facts.departmentName,
    repliedAt: letter.repliedAt,
    done: letter.resurveys.some((one) => one.sample === sample),
    href: `${letterPath(letter.number)}?do=resurvey&sample=${encodeURIComponent(sample)}#act`,
  }));
  const done = drawn.filter((one) => one.done).length;
  const results = population
    .slice(0, size)
    .flatMap(({ letter }) => letter.resurveys.filter((one) => one.sample === sample));
  const reached = results.filter((one) => one.satisfaction !== null);
  const satisfied = reached.filter((one) => one.satisfaction !== 'dissatisfied').length;
  return {
    month,
    seed,
    size,
    sample,
    typed: typed.seed !== '',
    population: population.length,
    drawn,
    done,
    reached: reached.length,
    satisfied,
  };
}

async function answeredIn(month: string): Promise<Letter[]> {
  const from = cityMoment(`${month}-01`, '00:00');
  const until = new Date(from);
  until.setUTCMonth(until.getUTCMonth() + 1);
  const fields = {
    number: 1,
    title: 1,
    facts: 1,
    repliedAt: 1,
    resurveys: 1,
    state: 1,
    ownerPath: 1,
    writerId: 1,
    lead: 1,
    assisting: 1,
    channel: 1,
  };
  const found = await LetterModel.find({ repliedAt: { $gte: from, $lt: until } }, fields).lean<Letter[]>();
  return found.filter(({ state, channel }) => channel !== 'import' && (state === 'replied' || state === 'closed'));
}
