import { stringify } from 'csv-stringify/sync';
import type { Message } from '../kernel/errors.ts';
import { type Language, languages } from '../kernel/language.ts';
import { plainHeading, readTable, type TableRow } from '../platform/documents/table.ts';
import { translate } from '../platform/language.ts';

/** Cells of a row by column; a column that the file does not have is absent, and leaves what is stored as it is. */
export type Cells = Readonly<Record<string, string | undefined>>;
export interface SheetRow {
  /** Number of the row as a spreadsheet counts; the header is row 1. */
  line: number;
  cells: Cells;
}
/** What is wrong, where. */
export interface Fault {
  line: number;
  column: string | null;
  told: Message;
}

export const rowsMax = 2000;
const columnsMax = 200;

/** The word of a column. */
export const columnWords = (column: string, language: Language): string =>
  translate(language, `transfer.columns.${column}`);

// A cell that begins like a formula is run by spreadsheets; an apostrophe before it prevents that, and is taken off again here
// (the signs are those of csv-stringify, of which four exist in full width, too)
const guarded = /^'(?=['=+\-@\t\r＝＋－＠])/;

/** Gives a table as CSV that office programs open rightly: UTF-8 with a mark, formulas disarmed. */
export function writeSheet(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (cell.startsWith("'") ? `'${cell}` : cell)));
  return stringify([[...header], ...cells], { bom: true, record_delimiter: '\r\n', escape_formulas: true });
}

async function records(text: string): Promise<TableRow[] | Fault> {
  const rows: TableRow[] = [];
  for await (const part of readTable([text])) {
    if ('reason' in part) return { line: part.line, column: null, told: { key: `transfer.errors.${part.reason}` } };
    rows.push(part);
  }
  return rows;
}

/** The column that a word of the header means, in any language. */
function columnOf(word: string, columns: readonly string[]): string | undefined {
  const asked = plainHeading(word);
  const names = (column: string) => [column, ...languages.map((language) => columnWords(column, language))];
  return asked === ''
    ? undefined
    : columns.find((column) => names(column).some((name) => plainHeading(name) === asked));
}

function readHeader(header: readonly string[], columns: readonly string[], needed: string) {
  const faults: Fault[] = [];
  if (header.length > columnsMax) {
    faults.push({
      line: 1,
      column: null,
      told: { key: 'transfer.errors.too-many-columns', params: { maximum: columnsMax } },
    });
  }
  const found = header.slice(0, columnsMax).map((word) => {
    const column = columnOf(word, columns);
    if (!column && word.trim()) {
      faults.push({
        line: 1,
        column: null,
        told: { key: 'transfer.errors.unknown-column', params: { word: word.trim().slice(0, 60) } },
      });
    }
    return column;
  });
  const twice = found.find((column, index) => column && found.indexOf(column) !== index);
  if (twice) faults.push({ line: 1, column: twice, told: { key: 'transfer.errors.column-twice' } });
  if (!found.includes(needed)) {
    faults.push({ line: 1, column: needed, told: { key: 'transfer.errors.column-missing' } });
  }
  return { found, faults };
}

/** Takes the text of a file and its possible columns, of which `needed` must be there; gives rows, or what is wrong. */
export async function readSheet(
  text: string,
  columns: readonly string[],
  needed: string,
): Promise<{ rows: SheetRow[]; faults: Fault[] }> {
  const read = await records(text);
  if (!Array.isArray(read)) return { rows: [], faults: [read] };
  const [header, ...body] = read;
  const { found, faults } = readHeader(header?.cells ?? [], columns, needed);
  if (faults.length > 0) return { rows: [], faults };
  const rows: SheetRow[] = [];
  for (const { row: line, cells: record } of body) {
    if (record.every((cell) => cell.trim() === '')) continue;
    if (record.some((cell) => cell.includes('\ufffd'))) {
      faults.push({ line, column: null, told: { key: 'transfer.errors.garbled' } });
    }
    const cells: Record<string, string> = {};
    found.forEach((column, place) => {
      if (column) cells[column] = (record[place] ?? '').replace(guarded, '').trim();
    });
    rows.push({ line, cells });
  }
  if (rows.length > rowsMax) {
    faults.push({
      line: rowsMax + 2,
      column: null,
      told: { key: 'transfer.errors.too-many', params: { maximum: rowsMax } },
    });
  }
  return { rows, faults };
}

/** The code that a word stands for, in any language or as the code itself; undefined when it is none of them. */
export function codeOf<Code extends string>(word: string, codes: readonly Code[], key: string): Code | undefined {
  const asked = word.trim().toLowerCase();
  return codes.find(
    (code) =>
      code === asked || languages.some((language) => translate(language, `${key}.${code}`).toLowerCase() === asked),
  );
}
