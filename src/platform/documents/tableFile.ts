import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Message } from '../../kernel/errors.ts';
import type { CopiedTable } from './copyTable.ts';
import { readApart } from './readApart.ts';
import type { TableRow } from './table.ts';

/** A table of a hundred megabytes takes some seconds; on a busy machine many. */
const seconds = 120;

/** Has a foreign table read apart and its rows written to `into`; a file that is none is a fault, too. */
export async function takeTable(path: string, into: string, show = 6): Promise<CopiedTable | 'unreadable'> {
  return readApart('table', { path, into, show }, { seconds }).catch(() => 'unreadable');
}

/** Why a table was not taken, as a sentence. */
export function tableFault(table: CopiedTable | 'unreadable'): Message | null {
  if (table === 'unreadable') return { key: 'uploads.table.unreadable' };
  const { fault } = table;
  return fault && { key: `uploads.table.${fault.reason}`, params: { line: fault.line } };
}

/** The rows of a table that was taken, one after the other. */
export async function* rowsOfTable(taken: string): AsyncGenerator<TableRow> {
  const lines = createInterface({ input: createReadStream(taken), crlfDelay: Infinity });
  for await (const text of lines) {
    const [row, line, cells] = JSON.parse(text) as [number, number, string[]];
    yield { row, line, cells };
  }
}
