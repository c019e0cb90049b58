import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { once } from 'node:events';
import { decodeFile } from './encoding.ts';
import { readTable, type TableFault, type TableRow } from './table.ts';
import { rowsOfWorkbook } from './workbook.ts';

/** A table that was read: where it stopped, how many rows it has, and the first of them. */
export interface CopiedTable {
  fault: TableFault | { line: 0; reason: 'old-office' | 'not-text' } | null;
  rows: number;
  first: TableRow[];
}

/**
 * Reads a table as people send it, a workbook (XLSX) or text in whatever encoding and with whatever signs between cells,
 * and writes its rows to the file `into`, a line of JSON each; blank ones are left out.
 */
export async function copyTable({ path, into, show }: { path: string; into: string; show: number }) {
  const copied: CopiedTable = { fault: null, rows: 0, first: [] };
  const kind = await kindOf(path);
  if (kind === 'old-office') return { ...copied, fault: { line: 0, reason: kind } } satisfies CopiedTable;
  const out = createWriteStream(into, { mode: 0o600 });
  for await (const part of kind === 'workbook' ? workbookRows(path) : readTable(decodeFile(path))) {
    if ('reason' in part) {
      copied.fault = part;
      break;
    }
    if (part.cells.some((cell) => cell.includes('\u0000'))) {
      copied.fault = { line: 0, reason: 'not-text' };
      break;
    }
    if (part.cells.every((cell) => cell.trim() === '')) continue;
    copied.rows += 1;
    if (copied.rows <= show) copied.first.push(shortened(part));
    if (!out.write(`${JSON.stringify([part.row, part.line, part.cells])}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return copied;
}

/** What is shown of a row: the beginnings of its cells. */
const shortened = ({ cells, ...row }: TableRow): TableRow => ({
  ...row,
  cells: cells.slice(0, 60).map((cell) => cell.slice(0, 120)),
});

async function kindOf(path: string): Promise<'workbook' | 'old-office' | 'text'> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const start = buffer.toString('hex');
    if (start.startsWith('504b0304')) return 'workbook';
    return start === 'd0cf11e0a1b11ae1' ? 'old-office' : 'text';
  } finally {
    await file.close();
  }
}

async function* workbookRows(path: string): AsyncGenerator<TableRow | TableFault> {
  const rows = await rowsOfWorkbook({ path });
  yield* rows.map((cells, index) => ({ row: index + 1, line: index + 1, cells }));
}
