import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import writeExcel from 'write-excel-file/node';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { cityDay } from '../../kernel/calendar.ts';
import { now, cityZone } from '../../kernel/time.ts';
import { archiveOf } from '../archive.ts';
import type { QueueRow } from '../board.ts';
import { queuePage } from '../queries.ts';
import type { Letter } from '../record.ts';
import { archiveRow } from './rows.ts';
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

type Format = 'csv' | 'xlsx';
/** Rows of an export as they are read; nothing waits for the last one. */
type Parts = AsyncIterable<readonly QueueRow[]>;

/** The letters of a filtered queue as a file: { name, type, body }. At most as many as the setting allows; audited. */
export async function exportLetters(actor: Actor, query: Record<string, unknown>, format: Format) {
  const { filter } = await queuePage(actor, { ...query, limit: 1 });
  return exportParts(actor, queueParts(actor, query), format, { title: 'list', filter });
}

/** The same of the filtered archive, only what this person may see. */
export async function exportArchive(actor: Actor, query: Record<string, unknown>, format: Format) {
  const { filter, parts } = archiveOf(actor, query);
  return exportParts(actor, archiveParts(parts), format, { title: 'archive', filter });
}

/** Recorded before the first row leaves: a file that was broken off has been seen as well. */
async function exportParts(
  actor: Actor,
  parts: Parts,
  format: Format,
  { title, filter }: { title: 'list' | 'archive'; filter: Record<string, unknown> },
) {
  const label = sayIn(actor.language)(`${title}.title`);
  const narrowed = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '' && value !== 0));
  await recordAudit(actor, {
    verb: 'letter.export',
    target: { type: 'letter', id: title, label },
    after: { format, filter: narrowed },
  });
  const lines = linesOf(actor, parts);
  const name = `letters-${title === 'archive' ? 'archive-' : ''}${cityDay(now())}.${format}`;
  if (format === 'csv') return { name, type: 'text/csv; charset=utf-8', body: Readable.from(csvOf(lines)) };
  const body = Readable.from(excelOf(lines, label));
  return { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body };
}

/** The heading, then the rows part by part, inert, up to the setting. */
async function* linesOf(actor: Actor, parts: Parts): AsyncGenerator<string[][]> {
  const say = sayIn(actor.language);
  yield [columns.map((column) => say(`columns.${column}`))];
  let left = exportRowsMax.value();
  for await (const part of parts) {
    const rows = part.slice(0, left);
    if (rows.length > 0) yield rows.map((row) => cellsOf(actor, row).map(inert));
    left -= rows.length;
    if (left <= 0) return;
  }
}

async function* csvOf(lines: AsyncIterable<string[][]>): AsyncGenerator<string> {
  yield '\uFEFF';
  for await (const some of lines) yield stringify(some);
}

/** A workbook is a packed folder: it can be packed only when all rows are there. */
async function* excelOf(lines: AsyncIterable<string[][]>, sheet: string): AsyncGenerator<Buffer> {
  const cells: { value: string; type: StringConstructor; fontWeight?: 'bold' }[][] = [];
  for await (const some of lines) {
    for (const line of some) {
      const weight = cells.length === 0 ? { fontWeight: 'bold' as const } : {};
      cells.push(line.map((value) => ({ value, type: String, ...weight })));
    }
  }
  const widths = columns.map((column) => ({ width: column === 'title' ? 44 : 16 }));
  yield await writeExcel(cells, { columns: widths, sheet }).toBuffer();
}

/** A table program would calculate what begins with one of these signs; an apostrophe keeps it a text. */
export const inert = (cell: string): string =>
  /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell;

async function* queueParts(actor: Actor, query: Record<string, unknown>): AsyncGenerator<QueueRow[]> {
  let after = '';
  do {
    const page = await queuePage(actor, { ...query, after, limit: 200 });
    yield page.rows;
    after = page.next ?? '';
  } while (after);
}

async function* archiveParts(parts: AsyncIterable<Letter[]>): AsyncGenerator<QueueRow[]> {
  for await (const letters of parts) yield letters.map(archiveRow);
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
