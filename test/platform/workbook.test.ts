import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { workbookOf } from '../../src/platform/workbook.ts';
import { zipOf } from '../../src/platform/zip.ts';
import { unzipText } from '../support/zip.ts';

const sheet = { name: '来信 [1]: 全部?', widths: [44, 16, 16] };
async function* given(parts: readonly (readonly string[][])[]) {
  for (const part of parts) yield await Promise.resolve(part);
}
async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
const write = (parts: readonly (readonly string[][])[]) => bytesOf(workbookOf(given(parts), sheet));

const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };
/** As a table program reads it: cells by their place. */
function read(file: Buffer): string[][] {
  const xml = unzipText(file, 'xl/worksheets/sheet1.xml');
  return [...xml.matchAll(/<row r="(\d+)">(.*?)<\/row>/gs)].map(([, , cells = '']) => {
    const row = ['', '', ''];
    for (const [, column = '', text = ''] of cells.matchAll(
      /<c r="([A-Z]+)\d+"[^>]*>.*?<t xml:space="preserve">(.*?)<\/t>/gs,
    )) {
      row[column.charCodeAt(0) - 65] = text
        .replace(/_x005F_/g, '_')
        .replace(/&(lt|gt|amp|quot);/g, (_, name: string) => signs[name] ?? '');
    }
    return row;
  });
}

describe('a workbook that is written while its rows come', () => {
  it('gives back every cell, in its place', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => text.toWellFormed().replace(/[\u0000-\u001f\ufffe\uffff]|_x/g, ''));
    const parts = fc.array(fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(parts, async (rows) => {
        expect(read(await write(rows))).toEqual(rows.flat().map((row) => [...row]));
      }),
      { numRuns: 40 },
    );
    expect(read(await write([[['_x0041_', '<b>&"', '线路\n二']]]))).toEqual([['_x0041_', '<b>&"', '线路\n二']]);
  });

  it('is an archive that other programs open: names, sums and sizes are right', async () => {
    const long = Array.from({ length: 40 }, (_, part) =>
      Array.from({ length: 100 }, (_, row) => [`第${part}批第${row}行`, '水压不足'.repeat(row % 9), '']),
    );
    const file = await write(long);
    const look =
      'import sys,io,zipfile,xml.dom.minidom as m\nz=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\nassert z.testzip() is None\n' +
      'for n in z.namelist(): m.parseString(z.read(n))\nprint(*z.namelist())';
    const names = execFileSync('python3', ['-c', look], { input: file }).toString().trim().split(' ');
    expect(names).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/workbook.xml',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    expect(read(file)).toEqual(long.flat());
    expect(unzipText(file, 'xl/workbook.xml')).toContain('<sheet name="来信  1   全部 "');
  });

  it('asks for rows only as fast as they are taken away, and lets go when nobody reads any more', async () => {
    let asked = 0;
    let left = false;
    async function* endless() {
      try {
        for (;;) {
          asked += 1;
          yield await Promise.resolve([[`${Math.random()} ${Math.random()}`.repeat(100), '', '']]);
        }
      } finally {
        left = true;
      }
    }
    for await (const piece of workbookOf(endless(), sheet)) {
      if (asked > 20 && piece.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(asked).toBeLessThan(400);
    expect(left).toBe(true);
  });

  it('tells its reader when the rows break off', async () => {
    async function* broken() {
      yield await Promise.resolve('一行');
      throw new Error('the database is away');
    }
    await expect(bytesOf(zipOf([{ name: 'a', content: broken() }]))).rejects.toThrow('the database is away');
  });
});
