import { stringify } from 'csv-stringify/sync';
import type { Actor } from '../kernel/actor.ts';
import { cityDay } from '../kernel/calendar.ts';
import { cityZone, now } from '../kernel/time.ts';
import { inert } from '../platform/documents/inert.ts';
import { translate } from '../platform/language.ts';
import { listAudit } from './queries.ts';
import { recordAudit } from './record.ts';
import { entryRow } from './views.ts';

const columns = ['at', 'who', 'roles', 'verb', 'kind', 'target', 'changes', 'request'] as const;
const partSize = 500;
const most = 20_000;
const stamp = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: cityZone });

/** The filtered trail as a file, with exact moments of the city; who took it stands in the trail itself. */
export async function exportTrail(actor: Actor, query: Record<string, unknown>) {
  const { language } = actor;
  const first = await listAudit(actor, { ...query, before: '' }, partSize);
  await recordAudit(actor, {
    verb: 'audit.export',
    target: { type: 'audit', id: 'trail', label: translate(language, 'audit.title') },
    after: { from: first.filter.from, until: first.filter.to },
  });
  return { name: `audit-${cityDay(now())}.csv`, parts: partsOf(actor, query, first) };
}

async function* partsOf(actor: Actor, query: Record<string, unknown>, first: Awaited<ReturnType<typeof listAudit>>) {
  const { language } = actor;
  yield `\uFEFF${stringify([columns.map((column) => translate(language, `audit.columns.${column}`))])}`;
  let page = first;
  for (let count = 0; count < most; count += partSize) {
    const rows = page.entries.map((entry) => {
      const row = entryRow(entry, language);
      const changes = row.changes.map(({ field, before, after }) => `${field}: ${before} → ${after}`).join('\n');
      const cells = [stamp.format(row.at), row.who, row.roles, row.verb, row.targetKind, row.target, changes];
      return [...cells, row.requestId].map(inert);
    });
    yield stringify(rows);
    if (!page.next) return;
    page = await listAudit(actor, { ...query, before: page.next }, partSize);
  }
}
