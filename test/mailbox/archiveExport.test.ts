import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import type { Staff } from '../../src/kernel/actor.ts';
import { setClock } from '../../src/kernel/time.ts';
import { archivePage } from '../../src/mailbox/archive.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { letterIn, makeOffice, writeLetter, type Office, type Written } from '../support/mailbox.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';
import { unzipText } from '../support/zip.ts';

const app = useApp();
const at = (text: string) => setClock(() => new Date(`${text}+08:00`));
afterEach(() => setClock());

let office: Office;
let closed: Written;
let early: Written;
let formula: Written;
async function signedIn(staff: Staff): Promise<Visitor> {
  const browser = new Visitor(app.base);
  const { name, value } = await staffCookie(staff.id);
  browser.setCookie(name, decodeURIComponent(value));
  return browser;
}
beforeAll(async () => {
  office = await makeOffice();
  at('2026-03-30T10:00');
  closed = await letterIn('closed', office, { title: '文化路路灯不亮' });
  at('2026-03-31T10:00');
  formula = await writeLetter({ title: '=HYPERLINK("http://x","点我")' });
  at('2026-02-27T10:00');
  early = await letterIn('assigned', office);
  setClock();
});

/** The rows of an exported archive without its heading. */
async function rowsOf(staff: Staff, query: string): Promise<string[][]> {
  const response = await (await signedIn(staff)).fetch(`/office/letters/archive/export.csv?${query}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return parse(await response.text(), { bom: true }).slice(1);
}
const numbers = (rows: string[][]) => rows.map(([number]) => number);

describe('the archive as a file', () => {
  it('has the letters of the filter, newest first, formulas disarmed', async () => {
    const rows = await rowsOf(office.clerk, 'month=2026-03');
    expect(numbers(rows)).toEqual([formula.number, closed.number]);
    expect(rows[0]?.[1]).toMatch(/^'=HYPERLINK/);
    expect(numbers(await rowsOf(office.clerk, 'month=2026-02'))).toEqual([early.number]);
    expect(numbers(await rowsOf(office.clerk, 'month=2026-03&state=closed'))).toEqual([closed.number]);
    expect(numbers(await rowsOf(office.clerk, `number=${early.number}`))).toEqual([early.number]);
    expect(numbers(await rowsOf(office.clerk, `month=2026-03&department=${office.departmentId}`))).toEqual([
      closed.number,
    ]);
  });

  it('holds for the last days of every month what the page shows', async () => {
    const { letters } = await archivePage(office.clerk, { month: '2026-03' });
    expect(letters.map(({ number }) => number)).toEqual([formula.number, closed.number]);
    const page = await (await signedIn(office.clerk)).open('/office/letters/archive?month=2026-03');
    expect(page.html.replaceAll('&#x3D;', '=')).toContain('/office/letters/archive/export.xlsx?month=2026-03');
  });

  it('leaves out what a person may not see, and is not there for those without a part in letters', async () => {
    expect(numbers(await rowsOf(office.handler, 'month=2026-03'))).toEqual([closed.number]);
    expect(await rowsOf(office.stranger, 'month=2026-03')).toEqual([]);
    expect(await rowsOf(office.stranger, `number=${closed.number}`)).toEqual([]);
    const administrator = await signedIn(office.administrator);
    for (const format of ['csv', 'xlsx']) {
      expect((await administrator.fetch(`/office/letters/archive/export.${format}`)).status).toBe(403);
    }
    const nobody = await new Visitor(app.base).fetch('/office/letters/archive/export.csv');
    expect([303, 302, 401]).toContain(nobody.status);
  });

  it('is recorded with its filter, each time', async () => {
    const before = await AuditEntryModel.countDocuments({ verb: 'letter.export' });
    await rowsOf(office.supervisor, 'month=2026-03&state=closed');
    const entries = await AuditEntryModel.find({ verb: 'letter.export' }).lean();
    expect(entries).toHaveLength(before + 1);
    const entry = entries.find(({ who }) => who.id === office.supervisor.id);
    expect(entry?.target.id).toBe('archive');
    expect(entry?.after).toMatchObject({ format: 'csv', filter: { month: '2026-03', state: 'closed' } });
  });

  it.each(['-5℃还不供暖，老人受不了', '@市长：请看看我们小区', '+1路公交改道以后', '＝不等于＝的问题', '=1+1是多少'])(
    'holds the title %s as written in a workbook, and guarded in a table of text',
    async (title) => {
      at('2026-05-05T10:00');
      const { number } = await writeLetter({ title });
      setClock();
      const cell = async (format: string) =>
        (await signedIn(office.clerk)).fetch(`/office/letters/archive/export.${format}?number=${number}`);
      const book = Buffer.from(await (await cell('xlsx')).arrayBuffer());
      const sheet = unzipText(book, 'xl/worksheets/sheet1.xml');
      expect(sheet).toContain(`>${title}<`);
      expect(sheet).not.toContain(`'${title}`);
      expect(parse(await (await cell('csv')).text(), { bom: true })[1]?.[1]).toBe(`'${title}`);
    },
  );

  it('comes as a workbook as well, and ends where the setting says', async () => {
    const clerk = await signedIn(office.clerk);
    const workbook = await clerk.fetch('/office/letters/archive/export.xlsx?month=2026-03');
    expect(workbook.headers.get('content-type')).toContain('spreadsheetml');
    expect(
      Buffer.from(await workbook.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    at('2026-04-08T10:00');
    for (let count = 0; count < 101; count += 1) await writeLetter();
    setClock();
    await storeSetting('mailbox-office.export-rows-max', 100, 'test');
    expect(await rowsOf(office.clerk, 'month=2026-04')).toHaveLength(100);
    await storeSetting('mailbox-office.export-rows-max', null, 'test');
    expect(await rowsOf(office.clerk, 'month=2026-04')).toHaveLength(101);
  });
});
