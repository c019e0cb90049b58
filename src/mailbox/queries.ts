import { z } from 'zod';
import type { Actor, StaffRole } from '../kernel/actor.ts';
import { hasRole } from '../kernel/actor.ts';
import { forbidden, notFound } from '../kernel/errors.ts';
import { parse } from '../kernel/parse.ts';
import { now } from '../kernel/time.ts';
import { plainLetterNumber } from '../kernel/typedLine.ts';
import { foldText, searchWords } from '../text/index.ts';
import { openLetters, type QueueRow } from './board.ts';
import { boardMeasureNames, boardMeasures, type BoardMeasure } from './boardMeasures.ts';
import { boxes, letterKinds, letterStates, marks, urgencies } from './letter.ts';
import { letterById } from './letterModel.ts';
import { canRead, worksWithLetters } from './policy.ts';
import { lookerFor, queueNames, queues, standsIn, type QueueName, type Seen } from './queues.ts';
import type { Letter } from './record.ts';

/** One of some values, or none: what is not among them counts as none. */
export const optional = <Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .enum(['', ...values])
    .catch('')
    .default('');
const filterSchema = z.object({
  queue: z
    .enum(['', ...queueNames] as ['', ...QueueName[]])
    .catch('')
    .default(''),
  state: optional(letterStates),
  kind: optional(letterKinds),
  box: optional(boxes),
  urgency: optional(urgencies),
  mark: optional(marks),
  /** A department and everything below it. */
  department: z.string().max(40).catch('').default(''),
  /** The department that leads, and no other. */
  lead: z.string().max(40).catch('').default(''),
  /** Only what the board counts by this word. */
  measure: optional(boardMeasureNames as [string, ...string[]]),
  subject: z.string().max(60).catch('').default(''),
  /** A number, or words of the title. */
  search: z
    .string()
    .transform((typed) => typed.trim().slice(0, 60))
    .catch('')
    .default(''),
  sort: z.enum(['due', 'newest', 'oldest']).catch('due').default('due'),
  /** Key of the last row of the page before. */
  after: z.string().max(60).catch('').default(''),
  limit: z.coerce.number().int().min(1).max(200).catch(50).default(50),
});
export type QueueFilter = z.output<typeof filterSchema>;

/** The first desk of a person: what they must do next. */
function firstQueue(actor: Actor, counts: Record<QueueName, number>): QueueName {
  const desks: [StaffRole, QueueName[]][] = [
    ['clerk', ['intake', 'to-assign', 'to-release']],
    ['head', ['to-sign-off', 'to-sign']],
    ['handler', ['mine', 'to-sign', 'department']],
    ['supervisor', ['overdue']],
  ];
  for (const [role, names] of desks) {
    if (!hasRole(actor, role)) continue;
    return names.find((name) => counts[name] > 0) ?? names[0] ?? 'all';
  }
  return 'all';
}

/**
 * A page of a queue with the counts of all queues of this person. Takes the filter as a query string gives it; gives
 * { filter, rows, total, next, counts, states }, `states` being how many of the queue are in each. `next` goes into `after`. The counts follow no filter but the department.
 */
export async function queuePage(actor: Actor, input: unknown) {
  const { filter, found, counts, states } = await wholeQueue(actor, input);
  const { rows, next } = pageAfter(found, filter);
  return { filter, rows, total: found.length, next, counts, states, queues: queuesOf(actor) };
}

/** All rows of a queue as they stand now, by the same filter: { filter, rows }. */
export async function queueRows(actor: Actor, input: unknown) {
  const { filter, found: rows } = await wholeQueue(actor, input);
  return { filter, rows };
}

async function wholeQueue(actor: Actor, input: unknown) {
  const filter = parse(filterSchema, input);
  if (!worksWithLetters(actor)) throw forbidden('mailbox.errors.not-your-part');
  const [letters, at] = [await openLetters(), now()];
  const counts = Object.fromEntries(queueNames.map((name) => [name, 0])) as Record<QueueName, number>;
  const lookAt = lookerFor(actor, at);
  const seenRows: { row: QueueRow; seen: Seen }[] = [];
  for (const row of letters.values()) {
    const seen = lookAt(row);
    if (seen.parties.size === 0 || !isBelow(row, filter.department)) continue;
    seenRows.push({ row, seen });
    for (const name of queueNames) if (standsIn(name, row, seen)) counts[name] += 1;
  }
  const queue = filter.queue || firstQueue(actor, counts);
  const inQueue = seenRows
    .filter(({ row, seen }) => fits(row, { ...filter, state: '' }, at) && standsIn(queue, row, seen))
    .map(({ row }) => row);
  const states = letterStates.map((state) => ({ state, count: inQueue.filter((row) => row.state === state).length }));
  const found = filter.state ? inQueue.filter(({ state }) => state === filter.state) : inQueue;
  found.sort(orders[filter.sort]);
  return { filter: { ...filter, queue }, found, counts, states };
}

/** The queues that stand on this person's desk at all. */
export function queuesOf(actor: Actor): QueueName[] {
  const roles: readonly string[] = ['clerk', 'supervisor', 'handler', 'head'].filter((role) =>
    hasRole(actor, role as StaffRole),
  );
  const held = (party: string) => roles.includes(party) || (party === 'assistant' && hasRole(actor, 'handler', 'head'));
  return queueNames.filter((name) => queues[name].for.some(held));
}

const isBelow = (row: QueueRow, department: string): boolean =>
  department === '' ||
  (row.lead?.path.includes(department) ?? false) ||
  row.assisting.some(({ path }) => path.includes(department));

function fits(row: QueueRow, filter: QueueFilter, at: Date): boolean {
  return (
    (!filter.state || row.state === filter.state) &&
    (!filter.kind || row.kind === filter.kind) &&
    (!filter.box || row.box === filter.box) &&
    (!filter.urgency || row.urgency === filter.urgency) &&
    (!filter.mark || (row.marks as readonly string[]).includes(filter.mark)) &&
    (!filter.subject || row.subject === filter.subject) &&
    (!filter.lead || row.lead?.departmentId === filter.lead) &&
    (!filter.measure || boardMeasures[filter.measure as BoardMeasure](row, at)) &&
    holds(row, filter.search)
  );
}

/** Titles as they are compared, remembered as long as their row is. */
const foldedTitles = new WeakMap<QueueRow, string>();

/** A number as people write it, or its end; or words of the title, folded as in the public search. */
function holds(row: QueueRow, search: string): boolean {
  if (search === '' || row.number.endsWith(plainLetterNumber(search))) return true;
  const title = foldedTitles.get(row) ?? foldText(row.title);
  foldedTitles.set(row, title);
  return searchWords(search).every((word) => title.includes(word) || row.number.includes(word));
}

const far = Number.MAX_SAFE_INTEGER;
const due = (row: QueueRow): number => row.dueAt?.getTime() ?? far;
const byId = (one: QueueRow, other: QueueRow): number => (one.id < other.id ? -1 : 1);
const orders: Record<QueueFilter['sort'], (one: QueueRow, other: QueueRow) => number> = {
  due: (one, other) => due(one) - due(other) || byId(one, other),
  newest: (one, other) => other.submittedAt.getTime() - one.submittedAt.getTime() || byId(one, other),
  oldest: (one, other) => one.submittedAt.getTime() - other.submittedAt.getTime() || byId(one, other),
};

/** The key says where the last page ended even when that row has left the queue meanwhile. */
function pageAfter(found: readonly QueueRow[], { after, sort, limit }: QueueFilter) {
  const keyOf = (row: QueueRow) => `${sort === 'due' ? due(row) : row.submittedAt.getTime()}~${row.id}`;
  const [moment = '', id = ''] = after.split('~');
  let start = 0;
  if (id && Number.isFinite(Number(moment))) {
    const at = new Date(Number(moment) === far ? NaN : Number(moment));
    const last = { id, dueAt: Number.isNaN(at.getTime()) ? null : at, submittedAt: at } as QueueRow;
    const behind = found.findIndex((row) => orders[sort](row, last) > 0);
    start = behind < 0 ? found.length : behind;
  }
  const rows = found.slice(start, start + limit);
  const last = rows.at(-1);
  return { rows, next: last && start + limit < found.length ? keyOf(last) : null };
}

/** One letter as an official may see it; 404 when it is not theirs. */
export async function letterForStaff(actor: Actor, id: string): Promise<Letter> {
  const letter = await letterById(id);
  if (!letter || !canRead(actor, letter)) throw notFound('mailbox.errors.no-letter');
  return letter;
}
