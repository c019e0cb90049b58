import { pipeline, Readable } from 'node:stream';
import { parse, type Options } from 'csv-parse';

/** A row of a table: its number as a spreadsheet counts, the line of the file on which it begins, and its cells. */
export interface TableRow {
  row: number;
  line: number;
  cells: string[];
}
/** Why a table cannot be read to its end, and from which line on. */
export interface TableFault {
  line: number;
  reason: 'quotes' | 'row-too-large';
}

const separators = [',', '\t', ';'];
/** Excel writes and reads a first line that names the sign between cells. */
const named = /^\ufeff?"?sep=([^\r\n"]+)"?(?:\r\n|\r|\n)/i;

/**
 * How the beginning of a text is to be read as a table: which sign stands between cells, and how much of it is no table.
 * Cells copied out of a spreadsheet are parted by tabs, files by commas, in some countries by semicolons.
 */
function formOf(start: string): { delimiter: string; skipped: number } {
  const told = named.exec(start);
  if (told) return { delimiter: told[1] ?? ',', skipped: told[0].length };
  const [first = ''] = start.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const count = (sign: string) => first.split(sign).length;
  const [delimiter = ','] = separators.toSorted((a, b) => count(b) - count(a));
  return { delimiter, skipped: 0 };
}

const options = (delimiter: string, ended: (line: number) => void): Options => ({
  bom: true,
  on_record: (record, { lines }) => {
    ended(lines);
    return record;
  },
  delimiter,
  info: true,
  relax_column_count: true,
  relax_quotes: true,
  // a cell of a spreadsheet holds 32,767 characters
  max_record_size: 2_000_000,
});

/** Reads a text that comes in pieces as a table; gives the rows, and last of all what stopped it, if something did. */
export async function* readTable(
  pieces: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<TableRow | TableFault> {
  const { start, rest } = await begin(pieces);
  const { delimiter, skipped } = formOf(start);
  const before = skipped > 0 ? 1 : 0;
  // What went wrong is told before the rows in front of it are taken: the line is counted where rows are made
  let read = 0;
  const parser = parse(options(delimiter, (line) => (read = line)));
  pipeline(Readable.from(piecesOf(start.slice(skipped), rest)), parser, () => undefined);
  let [row, line] = [before, before + 1];
  let width: number | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      row += 1;
      width ??= record.length;
      if (record.length !== width && record.some(swallowed)) return yield { line, reason: 'quotes' };
      yield { row, line, cells: record };
      line = info.lines + before + 1;
    }
  } catch (error) {
    const { code } = error as { code?: string };
    if (!code?.startsWith('CSV_')) throw error;
    yield { line: read + before + 1, reason: code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-large' : 'quotes' };
  }
}

/** A quotation mark that is not closed takes the lines after it into its cell, until the next mark; that one stays in it. */
const swallowed = (cell: string): boolean => cell.includes('"') && /[\r\n]/.test(cell);

/** Enough of a text to know its form by. */
const startLength = 4096;

async function begin(pieces: Iterable<string> | AsyncIterable<string>) {
  const rest = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  let start = '';
  while (start.length < startLength) {
    const next = await rest.next();
    if (next.done) break;
    start += next.value;
  }
  return { start, rest };
}

async function* piecesOf(start: string, rest: Iterator<string> | AsyncIterator<string>): AsyncGenerator<string> {
  if (start !== '') yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) if (next.value !== '') yield next.value;
}

/** A heading as it is compared: without marks, blanks and the difference between wide and narrow or large and small. */
export const plainHeading = (word: string): string =>
  word
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toLowerCase();
