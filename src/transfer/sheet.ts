import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Message } from '../kernel/errors.ts';
import { type Language, languages } from '../kernel/language.ts';
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

/** Reads bytes as UTF-8, or as GB 18030 where they are not: Excel in Chinese saves CSV so. */
export function textOfFile(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Cells copied out of a spreadsheet are parted by tabs, files by commas, in some countries by semicolons. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  return ['\t', ',', ';'].find((sign) => first.includes(sign)) ?? ',';
}

function records(text: string): string[][] | Fault {
  try {
    return parse(text, { bom: true, delimiter: delimiterOf(text), relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: unknown }).lines) || 1;
    return { line, column: null, told: { key: 'transfer.errors.quotes' } };
  }
}

/** The column that a word of the header means, in any language. */
function columnOf(word: string, columns: readonly string[]): string | undefined {
  const asked = word.trim().toLowerCase();
  const names = (column: string) => [column, ...languages.map((language) => columnWords(column, language))];
  return columns.find((column) => names(column).some((name) => name.toLowerCase() === asked));
}

function readHeader(header: readonly string[], columns: readonly string[], needed: string) {
  const faults: Fault[] = [];
  const found = header.map((word) => {
    const column = columnOf(word, columns);
    if (!column && word.trim()) {
      faults.push({ line: 1, column: null, told: { key: 'transfer.errors.unknown-column', params: { word } } });
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
export function readSheet(
  text: string,
  columns: readonly string[],
  needed: string,
): { rows: SheetRow[]; faults: Fault[] } {
  const read = records(text);
  if (!Array.isArray(read)) return { rows: [], faults: [read] };
  const [header = [], ...body] = read;
  const { found, faults } = readHeader(header, columns, needed);
  if (faults.length > 0) return { rows: [], faults };
  const rows: SheetRow[] = [];
  body.forEach((record, index) => {
    if (record.every((cell) => cell.trim() === '')) return;
    const cells: Record<string, string> = {};
    found.forEach((column, place) => {
      if (column) cells[column] = (record[place] ?? '').replace(guarded, '').trim();
    });
    rows.push({ line: index + 2, cells });
  });
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
