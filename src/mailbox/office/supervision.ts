import { workingCalendar } from '../../calendar/index.ts';
import { hasRole, type Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { departmentName, listDepartments } from '../../organization/index.ts';
import { openLetters, type QueueRow } from '../board.ts';
import { canRead } from '../policy.ts';
import { tableRow } from './rows.ts';

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
