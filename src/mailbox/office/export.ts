import { stringify } from 'csv-stringify/sync';
import writeExcel from 'write-excel-file/node';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { cityDay } from '../../kernel/calendar.ts';
import { now, cityZone } from '../../kernel/time.ts';
import type { QueueRow } from '../board.ts';
import { queuePage } from '../queries.ts';
import { exportRowsMax } from './settings.ts';
import { boxWord, kindWord, sayIn, stateWord } from './words.ts';

const columns = [
  'number',
  'title',
  'kind',
  'box',
  'channel',
  'subject',
  'urgency',
  'state',
  'department',
  'handler',
  'submitted',
  'due',
  'marks',
] as const;

const stamp = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: cityZone });
const moment = (at: Date | null): string => (at ? stamp.format(at) : '');

/** The letters of a filtered queue as a file: { name, type, body }. At most as many as the setting allows; audited. */
export async function exportLetters(actor: Actor, query: Record<string, unknown>, format: 'csv' | 'xlsx') {
  const rows = await allRows(actor, query);
  const say = sayIn(actor.language);
  const table = [columns.map((column) => say(`columns.${column}`)), ...rows.map((row) => cellsOf(actor, row))];
  const safe = table.map((cells) => cells.map(inert));
  await recordAudit(actor, {
    verb: 'letter.export',
    target: { type: 'letter', id: 'list', label: say('list.title') },
    after: { rows: rows.length, format },
  });
  const name = `letters-${cityDay(now())}.${format}`;
  if (format === 'csv') return { name, type: 'text/csv; charset=utf-8', body: `\uFEFF${stringify(safe)}` };
  const cells = safe.map((line, index) =>
    line.map((value) => ({ value, type: String, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) })),
  );
  const widths = columns.map((column) => ({ width: column === 'title' ? 44 : 16 }));
  const body = await writeExcel(cells, { columns: widths, sheet: say('list.title') }).toBuffer();
  return { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body };
}

/** A table program would calculate what begins with one of these signs; an apostrophe keeps it a text. */
export const inert = (cell: string): string =>
  /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell;

async function allRows(actor: Actor, query: Record<string, unknown>): Promise<QueueRow[]> {
  const rows: QueueRow[] = [];
  let after = '';
  do {
    const page = await queuePage(actor, { ...query, after, limit: 200 });
    rows.push(...page.rows);
    after = page.next ?? '';
  } while (after && rows.length < exportRowsMax.value());
  return rows;
}

function cellsOf({ language }: Actor, row: QueueRow): string[] {
  const say = sayIn(language);
  const cells: Record<(typeof columns)[number], string> = {
    number: row.number,
    title: row.title,
    kind: kindWord(row.kind, language),
    box: boxWord(row.box, language),
    channel: say(`channels.${row.channel}`),
    subject: row.subject,
    urgency: say(`urgencies.${row.urgency}`),
    state: stateWord(row.state, language),
    department: row.lead?.name ?? '',
    handler: row.handlerName,
    submitted: moment(row.submittedAt),
    due: moment(row.dueAt),
    marks: row.marks.map((mark) => say(`marks.${mark}`)).join(' '),
  };
  return columns.map((column) => cells[column]);
}
