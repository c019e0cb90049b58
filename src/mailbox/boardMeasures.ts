import type { QueueRow } from './board.ts';

const soonMs = 3 * 86_400_000;

export const isDueSoon = ({ dueAt }: QueueRow, at: Date): boolean =>
  dueAt !== null && dueAt >= at && dueAt.getTime() < at.getTime() + soonMs;
export const isOverdue = ({ dueAt }: QueueRow, at: Date): boolean => dueAt !== null && dueAt < at;
const marked = (mark: QueueRow['marks'][number]) => (row: QueueRow) => row.marks.includes(mark);

/** What the board counts 督办看板; a list narrowed by the same word holds exactly the letters that were counted. */
export const boardMeasures = {
  open: (row: QueueRow) => row.state !== 'replied',
  unassigned: (row: QueueRow) => row.lead === null && row.state !== 'replied',
  'due-soon': isDueSoon,
  overdue: isOverdue,
  urged: marked('urged'),
  supervised: marked('supervised'),
  yellow: marked('yellow-card'),
  red: marked('red-card'),
  appeals: marked('appealed'),
  dissatisfied: marked('dissatisfied'),
} as const satisfies Record<string, (row: QueueRow, at: Date) => boolean>;
export type BoardMeasure = keyof typeof boardMeasures;
export const boardMeasureNames = Object.keys(boardMeasures) as BoardMeasure[];
