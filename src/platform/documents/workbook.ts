import { repacked } from './archive.ts';

const wanted =
  /^(?:\[Content_Types\]\.xml|_rels\/.*\.rels|xl\/(?:_rels\/)?[\w-]+\.xml(?:\.rels)?|xl\/worksheets\/[\w-]+\.xml)$/i;

/** Gives the cells of the first sheet of a workbook (XLSX) as text; days and moments as 2019-04-25 09:32:09. */
export async function rowsOfWorkbook({ path }: { path: string }): Promise<string[][]> {
  const { readSheet } = await import('read-excel-file/node');
  // Numbers as they are written: a long one is an identifier, and must not lose its end
  const rows = await readSheet(await repacked(path, wanted), 1, { parseNumber: plainNumber, trim: false });
  return rows.map((row) => row.map(textOfCell));
}

/** 20190001, or 0.30000000000000004 as a person sees it. */
function plainNumber(written: string): string {
  const number = Number(written);
  if (/^-?\d{1,15}$/.test(written) || Number.isNaN(number)) return written;
  return String(Number(number.toPrecision(15)));
}

function textOfCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!(value instanceof Date)) return String(value);
  return value.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '');
}
