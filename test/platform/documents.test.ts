import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import writeXlsxFile from 'write-excel-file/node';
import { readApart, Unreadable } from '../../src/platform/documents/readApart.ts';
import { plainHeading } from '../../src/platform/documents/table.ts';
import { rowsOfTable, tableFault, takeTable } from '../../src/platform/documents/tableFile.ts';
import { cleanPicture } from '../../src/platform/uploads/picture.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'documents-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const more =
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"';
const types =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const links =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

/** A Word file with this between the tags of its body. */
const word = (body: string, parts: Record<string, Uint8Array> = {}): Uint8Array =>
  zipSync({
    ...parts,
    '[Content_Types].xml': strToU8(types),
    '_rels/.rels': strToU8(links),
    'word/document.xml': strToU8(`<w:document ${space} ${more}><w:body>${body}</w:body></w:document>`),
  });
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (inside: string) => `<w:p>${inside}</w:p>`;
const words = async (bytes: Uint8Array, seconds?: number) =>
  readApart('words', { path: await file('a.docx', bytes) }, seconds === undefined ? {} : { seconds });

describe('the words of a Word file', () => {
  it.each([
    ['a line a paragraph', paragraph(run('一')) + paragraph(run('二')), ['一', '二']],
    [
      'line breaks and tabs',
      paragraph('<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t></w:r>'),
      ['一', '二 三'],
    ],
    [
      'what was moved once, at its new place',
      paragraph(`<w:moveFrom w:id="1">${run('移动')}</w:moveFrom>${run('前')}`) +
        paragraph(`${run('后')}<w:moveTo w:id="2">${run('移动')}</w:moveTo>`),
      ['前', '后移动'],
    ],
    [
      'no deleted words, inserted ones',
      paragraph(`<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del><w:ins w:id="2">${run('增')}</w:ins>`),
      ['增'],
    ],
    [
      'no comments',
      paragraph(`${run('正文')}<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>`),
      ['正文'],
    ],
    [
      'a word without its pronunciation',
      paragraph(
        `<w:r><w:ruby><w:rubyPr><w:lid w:val="zh-CN"/></w:rubyPr><w:rt>${run('chóng')}</w:rt><w:rubyBase>${run('重')}</w:rubyBase></w:ruby></w:r>${run('庆')}`,
      ),
      ['重庆'],
    ],
    ['a dash that does not break', paragraph('<w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>34</w:t></w:r>'), ['12‑34']],
    [
      'a table by its cells',
      `<w:tbl><w:tr><w:tc>${paragraph(run('问'))}</w:tc><w:tc>${paragraph(run('答'))}</w:tc></w:tr></w:tbl>`,
      ['问', '答'],
    ],
    ['signs of XML', paragraph(run('&lt;b&gt; &amp;amp; &#x4E2D;')), ['<b> &amp; 中']],
  ])('%s', async (_, body, lines) => {
    expect((await words(word(body))).split('\n')).toEqual(lines);
  });

  it('of a text box stand there once', async () => {
    const box = `<w:txbxContent>${paragraph(run('张局长'))}</w:txbxContent>`;
    const twice = `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${box}</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>${box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    const text = await words(word(paragraph(run('前') + twice + run('后'))));
    expect(text.match(/张局长/g)).toHaveLength(1);
    expect(text).toContain('前后');
  });

  it('of a note stand at the end of the paragraph it belongs to', async () => {
    const notes = `<w:footnotes ${space}><w:footnote w:type="separator" w:id="-1">${paragraph(run('———'))}</w:footnote><w:footnote w:id="2">${paragraph(run(' 2025年口径，'))}${paragraph(run('含县区。'))}</w:footnote></w:footnotes>`;
    const body = paragraph(`${run('共三百起')}<w:r><w:footnoteReference w:id="2"/></w:r>${run('，已办结。')}`);
    const bytes = word(body + paragraph(run('下一位')), { 'word/footnotes.xml': strToU8(notes) });
    expect((await words(bytes)).split('\n')).toEqual(['共三百起，已办结。（注：2025年口径， 含县区。）', '下一位']);
  });
});

/** A Word file whose directory says that it is four gigabytes large. */
function lyingDirectory(): Uint8Array {
  const bytes = Buffer.from(word(paragraph(run('一'))));
  bytes.writeUInt32LE(0xffffffff, bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1')) + 12);
  return bytes;
}

/** A Word file of which a part says that it is much smaller, or larger, than it is. */
function lyingSize(size: number): Uint8Array {
  const bytes = Buffer.from(word(paragraph(run('字'.repeat(200_000)))));
  for (let at = 0; (at = bytes.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'), at)) >= 0; at += 4) {
    bytes.writeUInt32LE(size, at + 24);
  }
  return bytes;
}

describe('a file that is made to do harm ends as a sentence', () => {
  it.each([
    ['parts of four gigabytes', lyingSize(0xfffffff0)],
    ['parts that are larger than they say', lyingSize(10)],
    ['two hundred megabytes of blanks', word(' '.repeat(200_000_000))],
    ['a hundred thousand levels', word('<w:p>'.repeat(100_000))],
    ['a cut-off file', word(paragraph(run('一'))).subarray(0, 300)],
    ['noise', Buffer.from('PK\u0003\u0004 nothing')],
    [
      'an outer entity',
      zipSync({ 'word/document.xml': strToU8('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>') }),
    ],
  ])('%s', async (_, bytes) => {
    await expect(words(bytes)).rejects.toThrow(Unreadable);
  });

  it('or is read all the same, where only its directory lies', async () => {
    expect(await words(lyingDirectory())).toBe('一');
  });

  it('what takes too long is ended, and the next file is read', async () => {
    const slow = word(paragraph(run('一')).repeat(200_000));
    await expect(words(slow, 0.05)).rejects.toThrow('out of time');
    expect(await words(word(paragraph(run('二'))))).toBe('二');
  });

  it('patterns that were quadratic once take no time to speak of', async () => {
    const tags = word(paragraph(run(`<w:delText ${'<w:br '.repeat(30_000)}`)));
    await words(tags, 20).catch((error: Error) => expect(error.message).not.toBe('out of time'));
    await words(word(paragraph(`<w:r>${'<w:ruby><w:rt>'.repeat(30_000)}</w:r>`)), 20).catch((error: Error) =>
      expect(error.message).not.toBe('out of time'),
    );
  });

  it('many at once wait for each other', async () => {
    const paths = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        file(`${index}.docx`, index % 2 ? lyingSize(10) : word(paragraph(run(`${index}`)))),
      ),
    );
    const read = await Promise.allSettled(paths.map((path) => readApart('words', { path })));
    expect(read.map((one) => (one.status === 'fulfilled' ? one.value : one.reason instanceof Unreadable))).toEqual([
      '0', true, '2', true, '4', true, '6', true,
    ]); // prettier-ignore
  });
});

const rows = [
  ['编号', '标题', '答复'],
  ['1', '路灯，不亮\n很久了', '"已修"'],
  ['2', '水压', '正常'],
];
const csv = (delimiter: string, end: string) =>
  rows
    .map((row) =>
      row.map((cell) => (/[",;\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter),
    )
    .join(end);
const gb18030 = (text: string) => {
  const codes: Record<string, number[]> = {};
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const sign = new TextDecoder('gb18030').decode(Uint8Array.of(high, low));
      if (sign.length === 1 && sign !== '\ufffd') codes[sign] ??= [high, low];
    }
  }
  return Buffer.from([...text].flatMap((sign) => (sign < '\u0080' ? [sign.charCodeAt(0)] : (codes[sign] ?? []))));
};
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

async function taken(name: string, bytes: Uint8Array | string) {
  const path = await file(name, bytes);
  const table = await takeTable(path, `${path}.rows`);
  const fault = tableFault(table);
  if (fault) return fault;
  const found = [];
  for await (const row of rowsOfTable(`${path}.rows`)) found.push(row);
  return found;
}

describe('a table', () => {
  it.each([
    ['UTF-8', csv(',', '\n')],
    ['UTF-8 with a mark', `\ufeff${csv(',', '\r\n')}`],
    ['GBK', gb18030(csv(',', '\r\n'))],
    ['UTF-16 with a mark', utf16(csv('\t', '\r\n'))],
    ['UTF-16 the other way round', utf16(csv('\t', '\r\n')).swap16()],
    ['UTF-16 without a mark', Buffer.from(csv(',', '\n'), 'utf16le')],
    ['tabs', csv('\t', '\n')],
    ['semicolons', csv(';', '\n')],
    ['line ends of old Macintosh', csv(',', '\r')],
  ])('in %s is read the same', async (_, bytes) => {
    expect((await taken('a.csv', bytes)) as { cells: string[] }[]).toMatchObject(rows.map((cells) => ({ cells })));
  });

  it.each([
    ['a mark of the byte order', '\ufeff来信编号'],
    ['blanks', ' 来信\u3000编 号\u00a0'],
    ['marks that nobody sees', '来信\u200b编号\u2060'],
  ])('has the same heading with %s in it', (_, heading) => {
    expect(plainHeading(heading)).toBe(plainHeading('来信编号'));
  });

  it('has the same heading in wide and large letters', () => {
    expect(plainHeading('Ｌｅｔｔｅｒ＿ＩＤ')).toBe(plainHeading('letter_id'));
  });

  it('with a first line that names the sign keeps its numbers', async () => {
    const found = await taken('sep.csv', `sep=;\r\n${csv(';', '\r\n')}`);
    expect(found).toMatchObject([
      { row: 2, line: 2, cells: rows[0] },
      { row: 3, line: 3 },
      { row: 4, line: 5, cells: rows[2] },
    ]);
  });

  it('in GB 18030 keeps a character of four bytes that is cut between two pieces', async () => {
    const character = Buffer.from('8139ee39', 'hex'); // 㑇 or another rare one: four bytes
    for (const before of [65_533, 65_534, 65_535]) {
      const found = await taken(
        'cut.csv',
        Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(before - 4, 'x'), character, gb18030('，好\n')]),
      );
      const cell = (found as { cells: string[] }[])[1]?.cells[0] ?? '';
      expect(cell.slice(before - 4)).toBe(`${new TextDecoder('gb18030').decode(character)}，好`);
    }
  });

  it('of Excel is read with its days and numbers', async () => {
    const book = join(folder, 'book.xlsx');
    const cells = [
      [{ value: '编号' }, { value: '时间' }, { value: '标题' }],
      [
        { value: 20190001, type: Number },
        { value: new Date('2019-04-25T09:32:09Z'), type: Date, format: 'yyyy-mm-dd hh:mm:ss' },
        { value: ' 两行\n标题 ' },
      ],
      [{ value: 0.1, type: Number }, { value: new Date('2019-04-25T00:00:00Z'), type: Date, format: 'yyyy/m/d' }, null],
    ];
    await writeXlsxFile(cells as never).toFile(book);
    expect(await taken('book2.xlsx', await readFile(book))).toMatchObject([
      { row: 1, cells: ['编号', '时间', '标题'] },
      { row: 2, cells: ['20190001', '2019-04-25 09:32:09', ' 两行\n标题 '] },
      { row: 3, cells: ['0.1', '2019-04-25', ''] },
    ]);
  });

  it.each([
    ['with a quotation mark that is not closed', 'a,b\n1,2\n3,"4\n5,6\n7,8\n', 'quotes', 3],
    ['that never ends its row', `a,b\n1,"${'x'.repeat(2_100_000)}"\n`, 'row-too-large', 2],
    ['of an older Excel', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'old-office', 0],
    ['that is a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0]), 'not-text', 0],
  ])('%s is told as such', async (_, bytes, reason, line) => {
    expect(await taken('bad.csv', bytes)).toEqual({ key: `uploads.table.${reason}`, params: { line } });
  });

  it('in a damaged workbook is told as such', async () => {
    expect(await taken('bad.xlsx', Buffer.from('PK\u0003\u0004 nothing'))).toEqual({ key: 'uploads.table.unreadable' });
  });
});

describe('a picture', () => {
  it('in the colours of print, or with sixteen bits a colour, is drawn anew', async () => {
    const plain = sharp({ create: { width: 40, height: 30, channels: 3, background: '#336699' } });
    const print = await file('print.jpg', await plain.clone().toColourspace('cmyk').jpeg().toBuffer());
    const deep = await file('deep.png', await plain.clone().toColourspace('rgb16').png().toBuffer());
    for (const [path, type] of [
      [print, 'image/jpeg'],
      [deep, 'image/png'],
    ] as const) {
      const clean = await cleanPicture(path, type);
      expect(typeof clean === 'object' && (await sharp(clean.data).metadata())).toMatchObject({
        space: 'srgb',
        width: 40,
      });
    }
  });
});
