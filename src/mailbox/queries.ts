import { z } from 'zod';
import type { Actor, StaffRole } from '../kernel/actor.ts';
import { hasRole } from '../kernel/actor.ts';
import { forbidden, notFound } from '../kernel/errors.ts';
import { parse } from '../kernel/parse.ts';
import { now } from '../kernel/time.ts';
import { openLetters, type QueueRow } from './board.ts';
import { boxes, letterKinds, letterStates, marks, urgencies } from './letter.ts';
import { letterById, LetterModel } from './letterModel.ts';
import { canRead, worksWithLetters } from './policy.ts';
import { lookerFor, queueNames, queues, standsIn, type QueueName, type Seen } from './queues.ts';
import type { Letter } from './record.ts';

const optional = <Values extends readonly [string, ...string[]]>(values: Values) =>
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
  subject: z.string().max(60).catch('').default(''),
  /** A number, or words of the title. */
  search: z.string().trim().max(60).catch('').default(''),
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
    .filter(({ row, seen }) => fits(row, { ...filter, state: '' }) && standsIn(queue, row, seen))
    .map(({ row }) => row);
  const states = letterStates.map((state) => ({ state, count: inQueue.filter((row) => row.state === state).length }));
  const found = filter.state ? inQueue.filter(({ state }) => state === filter.state) : inQueue;
  found.sort(orders[filter.sort]);
  const { rows, next } = pageAfter(found, filter);
  return { filter: { ...filter, queue }, rows, total: found.length, next, counts, states, queues: queuesOf(actor) };
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

function fits(row: QueueRow, filter: QueueFilter): boolean {
  return (
    (!filter.state || row.state === filter.state) &&
    (!filter.kind || row.kind === filter.kind) &&
    (!filter.box || row.box === filter.box) &&
    (!filter.urgency || row.urgency === filter.urgency) &&
    (!filter.mark || (row.marks as readonly string[]).includes(filter.mark)) &&
    (!filter.subject || row.subject === filter.subject) &&
    (!filter.search || row.number.includes(filter.search) || row.title.includes(filter.search))
  );
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

/** Letters that are done: by the month they came in, newest first, and by department. */
const archiveSchema = z.object({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .catch('')
    .default(''),
  department: z.string().max(40).catch('').default(''),
  state: optional(letterStates),
  number: z.string().trim().max(20).catch('').default(''),
  before: z.coerce.number().int().min(0).catch(0).default(0),
});

/** A page of all letters of a month this person may see: { filter, letters, next }. */
export async function archivePage(actor: Actor, input: unknown) {
  const filter = parse(archiveSchema, input);
  if (!worksWithLetters(actor)) throw forbidden('mailbox.errors.not-your-part');
  const month = filter.month || new Date(now().getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
  const from = new Date(`${month}-01T00:00:00+08:00`);
  const until = new Date(from);
  until.setUTCMonth(until.getUTCMonth() + 1);
  // State is looked at afterwards: a filter beyond the index would read everything
  const match: Record<string, unknown> = filter.number
    ? { number: filter.number }
    : filter.department
      ? { 'lead.departmentId': filter.department }
      : {};
  const end = filter.before && filter.before < until.getTime() ? new Date(filter.before) : until;
  const range = filter.number ? null : { from, until: end };
  const { letters, next } = await newestFirst(
    match,
    range,
    (letter) => canRead(actor, letter) && (!filter.state || letter.state === filter.state),
  );
  return { filter: { ...filter, month }, letters, next };
}

const pageSize = 50;
const archiveFields = { trail: 0, outbox: 0, pastClocks: 0, clocks: 0, body: 0, replies: 0, remarks: 0, inquiries: 0 };

/** Walks back day by day, then by longer steps: narrow ranges need no sort of many thousand. */
async function newestFirst(
  match: Record<string, unknown>,
  range: { from: Date; until: Date } | null,
  accept: (letter: Letter) => boolean,
): Promise<{ letters: Letter[]; next: number | null }> {
  if (!range)
    return { letters: (await LetterModel.find(match, archiveFields).lean<Letter[]>()).filter(accept), next: null };
  const letters: Letter[] = [];
  let until = range.until.getTime();
  for (let step = 86_400_000; until > range.from.getTime() && letters.length <= pageSize; step *= 2) {
    const from = Math.max(range.from.getTime(), until - step);
    const part = { ...match, submittedAt: { $gte: new Date(from), $lt: new Date(until) } };
    const found = (await LetterModel.find(part, archiveFields).lean<Letter[]>()).filter(accept);
    letters.push(...found.sort((one, other) => other.submittedAt.getTime() - one.submittedAt.getTime()));
    until = from;
  }
  const page = letters.slice(0, pageSize);
  const last = page.at(-1);
  return { letters: page, next: last && letters.length > pageSize ? last.submittedAt.getTime() : null };
}
