import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSheet, writeSheet } from '../../src/transfer/sheet.ts';

const columns = ['userName', 'displayName', 'roles'];

describe('a table as CSV', () => {
  it('comes back as it went out, whatever stands in a cell', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.trim());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (cells) => {
        const text = writeSheet(
          columns,
          cells.map(([a, b]) => ['x', a, b]),
        );
        const { rows, faults } = await readSheet(text, columns, 'userName');
        expect(faults).toEqual([]);
        expect(rows.map((row) => [row.cells['displayName'], row.cells['roles']])).toEqual(cells);
      }),
      {
        examples: [
          [
            [
              ['=1+1', "'=x"],
              ["''", '-5'],
              ['@a', '+"q",\r\nb'],
              ['＝1', '＋86'],
              ['－', '＠'],
            ],
          ],
        ],
      },
    );
  });

  it('has no sign more after five rounds', async () => {
    const cells = ["'海湾区", "''双引", '-5℃处', '＝科', "'=组"].map((name) => ['x', name, '']);
    let rows = cells;
    for (let round = 0; round < 5; round += 1) {
      const read = await readSheet(writeSheet(columns, rows), columns, 'userName');
      rows = read.rows.map((row) => columns.map((column) => row.cells[column] ?? ''));
    }
    expect(rows).toEqual(cells);
  });

  it('runs no formula in a spreadsheet and carries the mark by which Excel knows UTF-8', () => {
    const text = writeSheet(['a'], [['=HYPERLINK("http://evil.example")'], ['@SUM(A1)'], ['张三']]);
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text).not.toMatch(/^"?[=@]/m);
  });

  it('is read with commas, tabs or semicolons, in either language', async () => {
    for (const text of ['用户名,姓名\r\nli,李', 'User name\tName\nli\t李', 'userName;displayName\nli;李\n']) {
      expect((await readSheet(text, columns, 'userName')).rows).toEqual([
        { line: 2, cells: { userName: 'li', displayName: '李' } },
      ]);
    }
  });

  it.each([
    ['用户名,电话\nli,1', { line: 1, told: { key: 'transfer.errors.unknown-column', params: { word: '电话' } } }],
    ['姓名\n李', { line: 1, column: 'userName', told: { key: 'transfer.errors.column-missing' } }],
    ['用户名,用户名\nli,li', { line: 1, told: { key: 'transfer.errors.column-twice' } }],
    ['用户名,姓名\nli,李\nwu,"吴', { told: { key: 'transfer.errors.quotes' } }],
  ])('tells what is wrong with %j', async (text, fault) => {
    expect((await readSheet(text, columns, 'userName')).faults[0]).toMatchObject(fault);
  });

  it('counts rows as a spreadsheet does, blank ones included', async () => {
    const { rows } = await readSheet('用户名,姓名\n\nli,李\n,\nwu,"吴\n刚"\nhe,何', columns, 'userName');
    expect(rows.map(({ line }) => line)).toEqual([3, 5, 6]);
  });
});
