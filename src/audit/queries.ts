import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { forbidden } from '../kernel/errors.ts';
import { parse, say } from '../kernel/parse.ts';
import { cityZone, now } from '../kernel/time.ts';
import { behindKey, cutPage, newestOrder, readPageKey } from '../platform/database/pageKey.ts';
import { AuditEntryModel, type AuditEntry } from './entryModel.ts';
import { canReadAudit } from './policy.ts';

const pageSize = 30;
const text = z.string().trim().max(100).default('');
const day = z.union([z.literal(''), z.iso.date()], say('audit.errors.not-a-day')).default('');
/** `people` leaves out what the system did by itself. */
const filterSchema = z.object({
  ...{ person: text, verb: text, target: text, from: day, to: day, before: text },
  people: z.enum(['', '1']).catch('').default(''),
});
export type AuditFilter = z.output<typeof filterSchema>;

/** Without a first day the last ninety days are shown: a bounded range keeps every page of the trail quick. */
function range(filter: AuditFilter) {
  const today = DateTime.fromJSDate(now(), { zone: cityZone });
  const from = filter.from
    ? DateTime.fromISO(filter.from, { zone: cityZone })
    : today.minus({ days: 90 }).startOf('day');
  const to = (filter.to ? DateTime.fromISO(filter.to, { zone: cityZone }) : today).plus({ days: 1 }).startOf('day');
  return { from, to };
}

/** `department` finds all of a type, `department:abc` one thing, anything else a label word for word. */
function targetFilter(target: string): Record<string, unknown> {
  const [, type, id] = /^([a-z-]+)(?::([0-9a-z.-]+))?$/.exec(target) ?? [];
  if (!type) return { 'target.label': target };
  return id ? { 'target.type': type, 'target.id': id } : { 'target.type': type };
}

/**
 * Takes filters as a query string gives them; gives a page of entries, newest first, and the key of the next page.
 * `size` entries a page.
 */
export async function listAudit(actor: Actor, input: unknown, size = pageSize) {
  const filter = parse(filterSchema, input);
  if (!canReadAudit(actor)) throw forbidden();
  const { from, to } = range(filter);
  const match: Record<string, unknown>[] = [{ at: { $gte: from.toJSDate(), $lt: to.toJSDate() } }];
  if (filter.person) match.push({ $or: [{ 'who.id': filter.person }, { 'who.name': filter.person }] });
  if (filter.people) match.push({ 'who.kind': 'staff' });
  if (filter.verb) match.push({ verb: filter.verb });
  if (filter.target) match.push(targetFilter(filter.target));
  match.push(behindKey('at', readPageKey(filter.before)));
  const found = await AuditEntryModel.find({ $and: match })
    .sort(newestOrder('at'))
    .limit(size + 1)
    .lean<AuditEntry[]>();
  const { rows: entries, next } = cutPage(found, size, ({ at, _id: id }) => ({ at, id }));
  return {
    filter: { ...filter, from: from.toISODate() ?? '', to: to.minus({ days: 1 }).toISODate() ?? '' },
    entries,
    next,
  };
}

/** Every verb that stands in the trail, for the choice on the page. */
export async function knownVerbs(): Promise<string[]> {
  const verbs = await AuditEntryModel.distinct('verb');
  return verbs.sort();
}
