import { rm } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { invalid } from '../kernel/errors.ts';
import { rowsOfTable, tableFault, takeTable } from '../platform/documents/tableFile.ts';

/** Gives a received workbook or CSV file as the text of a table, every row where it was; a 422 when it is none. */
export async function sheetText(path: string): Promise<string> {
  const taken = `${path}.rows`;
  try {
    const fault = tableFault(await takeTable(path, taken));
    if (fault) throw invalid({ file: fault });
    const rows: string[][] = [];
    for await (const { row, cells } of rowsOfTable(taken)) {
      while (rows.length < row - 1) rows.push(['']);
      rows.push(cells);
    }
    return stringify(rows);
  } finally {
    await rm(taken, { force: true });
  }
}
