import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { cityDay } from '../../kernel/calendar.ts';
import { now, cityZone } from '../../kernel/time.ts';
import { inert } from '../../platform/documents/inert.ts';
import { workbookOf } from '../../platform/workbook.ts';
import { archiveOf, type ArchivedLetter } from '../archive.ts';
import type { QueueRow } from '../board.ts';
import { LetterModel } from '../letterModel.ts';
import { queueRows } from '../queries.ts';
import type { Letter } from '../record.ts';
import { subjectWord } from '../subjects.ts';
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
const partSize = 200;
/** Rows of an export as they are read; nothing waits for the last one. */
type Parts = AsyncIterable<readonly QueueRow[]>;

/** The letters of a filtered queue as a file: { name, type, body }. At most as many as the setting allows; audited. */
export async function exportLetters(actor: Actor, query: Record<string, unknown>, format: Format) {
  const { filter, rows } = await queueRows(actor, query);
  return exportParts(actor, inParts(rows), format, { title: 'list', filter });
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
  // A cell of a workbook is a text by its type; in a CSV file only an apostrophe keeps it one
  const lines = linesOf(actor, parts, format === 'csv' ? inert : (cell) => cell);
  const name = `letters-${title === 'archive' ? 'archive-' : ''}${cityDay(now())}.${format}`;
  if (format === 'csv') return { name, type: 'text/csv; charset=utf-8', body: Readable.from(csvOf(lines)) };
  const widths = columns.map((column) => (column === 'title' ? 44 : 16));
  const body = Readable.from(workbookOf(lines, { name: label, widths }), { objectMode: false });
  return { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body };
}

/** The heading, then the rows part by part, each cell guarded, up to the setting. */
async function* linesOf(actor: Actor, parts: Parts, guarded: (cell: string) => string): AsyncGenerator<string[][]> {
  const say = sayIn(actor.language);
  yield [columns.map((column) => say(`columns.${column}`))];
  const words = remembered();
  let left = exportRowsMax.value();
  for await (const part of parts) {
    const rows = part.slice(0, left);
    const titles = await publicTitles(rows);
    const shown = rows.map((row) => ({ ...row, title: titles.get(row.number) ?? row.title }));
    if (shown.length > 0) yield shown.map((row) => cellsOf(actor, row, words).map(guarded));
    left -= rows.length;
    if (left <= 0) return;
  }
}

/** A file leaves the house: what was masked of a title for everybody is masked in it. */
async function publicTitles(rows: readonly QueueRow[]): Promise<Map<string, string>> {
  const match = { number: { $in: rows.map(({ number }) => number) } };
  const letters = await LetterModel.find(match, { number: 1, 'publicVersion.title': 1 }).lean<Letter[]>();
  return new Map(
    letters.flatMap(({ number, publicVersion }) => (publicVersion ? [[number, publicVersion.title]] : [])),
  );
}

async function* csvOf(lines: AsyncIterable<string[][]>): AsyncGenerator<string> {
  yield '\uFEFF';
  for await (const some of lines) yield stringify(some);
}

/** Rows as they stood when the export began, a few at a time, so that everybody else is served in between. */
async function* inParts(rows: readonly QueueRow[]): AsyncGenerator<readonly QueueRow[]> {
  for (let start = 0; start < rows.length; start += partSize) {
    yield rows.slice(start, start + partSize);
    await breathe();
  }
}

async function* archiveParts(parts: AsyncIterable<ArchivedLetter[]>): AsyncGenerator<readonly QueueRow[]> {
  for await (const letters of parts) yield* inParts(letters.map(archiveRow));
}

type Words = (key: string, look: () => string) => string;
/** The few words of kinds and states are looked up once an export: that is half of its work. */
function remembered(): Words {
  const known = new Map<string, string>();
  return (key, look) => {
    const word = known.get(key) ?? look();
    known.set(key, word);
    return word;
  };
}

function cellsOf({ language }: Actor, row: QueueRow, word: Words): string[] {
  const say = sayIn(language);
  const cells: Record<(typeof columns)[number], string> = {
    number: row.number,
    title: row.title,
    kind: word(`kind ${row.kind}`, () => kindWord(row.kind, language)),
    box: word(`box ${row.box}`, () => boxWord(row.box, language)),
    channel: word(`channel ${row.channel}`, () => say(`channels.${row.channel}`)),
    subject: word(`subject ${row.subject}`, () => subjectWord(row.subject, language)),
    urgency: word(`urgency ${row.urgency}`, () => say(`urgencies.${row.urgency}`)),
    state: word(`state ${row.state}`, () => stateWord(row.state, language)),
    department: row.lead?.name ?? '',
    handler: row.handlerName,
    submitted: moment(row.submittedAt),
    due: moment(row.dueAt),
    marks: row.marks.map((mark) => word(`mark ${mark}`, () => say(`marks.${mark}`))).join(' '),
  };
  return columns.map((column) => cells[column]);
}
