import { workingCalendar } from '../../calendar/index.ts';
import { hasRole, type Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { departmentName, listDepartments } from '../../organization/index.ts';
import { openLetters, type QueueRow } from '../board.ts';
import { boardMeasureNames, boardMeasures, isOverdue, type BoardMeasure } from '../boardMeasures.ts';
import { canRead, may } from '../policy.ts';
import { countMovedDays } from './movedDays.ts';
import { tableRow } from './rows.ts';

export const seesBoard = (actor: Actor): boolean => hasRole(actor, 'supervisor', 'clerk', 'head');

/** The columns of the board; what has no department yet stands above it. */
const measures = boardMeasureNames.filter((name) => name !== 'unassigned');

/** Where the letters behind a number are: the same measure over the same letters. */
const behind = (measure: BoardMeasure, lead?: string): string =>
  `/office/letters?${new URLSearchParams({ queue: 'all', measure, ...(lead ? { lead } : {}) })}`;

/** The board 督办看板: every department this person oversees with what is due, overdue, urged, carded; the worst first. */
export async function boardModel(actor: Actor) {
  if (!seesBoard(actor)) throw forbidden('mailbox.errors.not-your-part');
  const [letters, at, calendar] = [await openLetters(), now(), await workingCalendar()];
  const rows = [...letters.values()].filter((row) => canRead(actor, row));
  const byDepartment = Map.groupBy(
    rows.filter(({ lead }) => lead),
    (row) => row.lead?.departmentId ?? '',
  );
  const departments = await listDepartments({ retired: true });
  const count = (some: readonly QueueRow[], measure: BoardMeasure) =>
    some.filter((row) => boardMeasures[measure](row, at)).length;
  const lines = departments.flatMap((department) => {
    const own = byDepartment.get(department.id);
    if (!own) return [];
    const cells = measures.map((measure) => ({
      measure,
      count: count(own, measure),
      href: behind(measure, department.id),
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
  const late = rows.filter((row) => isOverdue(row, at)).sort((one, other) => Number(one.dueAt) - Number(other.dueAt));
  return {
    totals: measures.map((measure) => ({
      measure,
      count: count(rows, measure),
      href: behind(measure),
    })),
    lines: lines.sort((one, other) => other.weight - one.weight),
    late: late.slice(0, 15).map((row) => ({
      ...tableRow(row, { at, calendar, language: actor.language }),
      mayUrge: row.state !== 'signed-off' && may(actor, row, 'urge'),
    })),
    lateCount: late.length,
    movedDays: await countMovedDays(actor),
    unassigned: { count: count(rows, 'unassigned'), href: behind('unassigned') },
  };
}
