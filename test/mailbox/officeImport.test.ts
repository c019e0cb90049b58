import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import writeXlsxFile from 'write-excel-file/node';
import { newId } from '../../src/kernel/id.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { rowsPath } from '../../src/mailbox/office/import/files.ts';
import { runImport } from '../../src/mailbox/office/import/run.ts';
import { ImportRunModel, type ImportRun } from '../../src/mailbox/office/import/runModel.ts';
import { readMoment } from '../../src/mailbox/office/import/row.ts';
import { importLetters, lookAtImport, startImport, undoImport } from '../../src/mailbox/office/import/startImport.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import type { Staff } from '../../src/kernel/actor.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';
import { useApp } from '../support/app.ts';
import { actorFor, makeStaff } from '../support/identity.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let clerk: Staff;
let visitor: Visitor;
beforeAll(async () => {
  const account = await makeStaff({ roles: ['clerk'] });
  clerk = await actorFor(account);
  visitor = new Visitor(app.base);
  const { name, value } = await staffCookie(account.id);
  visitor.setCookie(name, value);
});

const head = 'letter_id,title,body,reply,created_at,replied_at\n';
const line = (id: number, more: Partial<Record<'title' | 'body' | 'reply' | 'at' | 'then', string>> = {}) =>
  [
    `${id}`,
    more.title ?? `第${id}封信`,
    more.body ?? '"第一行，\n　第二行 ""引号"""',
    more.reply ?? '已经办好。',
    more.at ?? '2019-04-25 09:32:09',
    more.then ?? '2019/5/10 14:56',
  ].join(',');

/** Looks at a file and begins to import it with the columns that were found. */
async function start(text: string, source = '旧平台'): Promise<string> {
  const path = join(tmpdir(), `${newId()}.csv`);
  await writeFile(path, text);
  const id = await lookAtImport(clerk, { source }, { path, name: 'old.csv', size: Buffer.byteLength(text) });
  const { places } = (await after(id)) as ImportRun;
  await startImport(clerk, id, Object.fromEntries(Object.entries(places).map(([name, place]) => [name, `${place}`])));
  return id;
}
const after = async (id: string) => ImportRunModel.findById(id).lean<ImportRun>();
async function finish(id: string) {
  await runImport(id);
  return after(id);
}
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** Sends a file through the page; gives the address of what was made of it, and the page itself. */
async function send(bytes: Uint8Array | string, name: string, source: string) {
  await visitor.open('/office/letters/import');
  const form = new FormData();
  form.append('source', source);
  form.append('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name);
  const response = await visitor.sendForm('/office/letters/import', form);
  return { status: response.status, at: response.headers.get('location') ?? '', text: plain(await response.text()) };
}

describe('past letters from a file', () => {
  it('are taken with lines in fields; faulty records are named by record and line', async () => {
    const rows = [
      line(1),
      line(2, { reply: ' \u3000\n'.trim() }),
      line(3, { at: 'gestern' }),
      line(4, { then: '2018-01-01' }),
      '5,zu kurz',
      line(1),
      line(6),
    ];
    const run = await finish(await start(`\uFEFF${head}${rows.join('\n')}\n`));
    expect([run?.state, run?.rows, run?.imported, run?.known, run?.faulty]).toEqual(['done', 7, 2, 0, 5]);
    expect(run?.faults.map(({ row, line: at, told }) => [row, at, told.key.split('.').at(-1)])).toEqual([
      [2, 4, 'no-reply'],
      [3, 6, 'no-moment'],
      [4, 8, 'answered-before'],
      [5, 10, 'columns'],
      [6, 11, 'twice'],
    ]);
    const letter = await LetterModel.findOne({ channel: 'import', title: '第1封信' }).lean<Letter>();
    expect(letter?.body).toBe('第一行，\n　第二行 "引号"');
    expect([letter?.state, letter?.visibility, letter?.facts.onTime]).toEqual(['closed', 'private', null]);
    expect(letter?.submittedAt.toISOString()).toBe('2019-04-25T01:32:09.000Z');
  });

  it('are taken once a source, also from another file and after an interruption', async () => {
    const text = head + Array.from({ length: 250 }, (_, index) => line(1000 + index)).join('\n');
    const first = await finish(await start(text, '平台甲'));
    expect([first?.imported, first?.known]).toEqual([250, 0]);
    const again = await finish(await start(text, '平台甲'));
    expect([again?.imported, again?.known]).toEqual([0, 250]);
    const broken = await start(text, '平台乙');
    const { insertMany } = LetterModel.collection;
    let writes = 0;
    LetterModel.collection.insertMany = (...given: Parameters<typeof insertMany>) =>
      (writes += 1) === 2
        ? insertMany.apply(LetterModel.collection, given).then(() => Promise.reject(new Error('gone')))
        : insertMany.apply(LetterModel.collection, given);
    await expect(runImport(broken)).rejects.toThrow('gone');
    LetterModel.collection.insertMany = insertMany;
    const stopped = await after(broken);
    expect([stopped?.state, stopped?.rows, stopped?.imported]).toEqual(['running', 100, 100]);
    const resumed = await finish(broken);
    expect([resumed?.state, resumed?.rows, resumed?.imported, resumed?.known]).toEqual(['done', 250, 250, 0]);
    expect(await LetterModel.countDocuments({ channel: 'import' })).toBe(502);
  });

  it('end with a sentence where the rows are gone or the last try fails', async () => {
    const gone = await start(head + line(1), '平台丙');
    await rm(rowsPath(gone));
    expect(await finish(gone)).toMatchObject({ state: 'failed', trouble: { key: expect.stringMatching('file-gone') } });
    const { insertMany } = LetterModel.collection;
    LetterModel.collection.insertMany = () => Promise.reject(new Error('gone'));
    const broken = await start(head + line(1), '平台丁');
    await expect(runImport(broken, true)).rejects.toThrow('gone');
    LetterModel.collection.insertMany = insertMany;
    expect(await after(broken)).toMatchObject({ state: 'failed', trouble: { key: 'transfer.errors.broke-off' } });
  });

  it('reads the ways in which times are written', () => {
    expect(readMoment('2019年4月5日')?.toISOString()).toBe('2019-04-04T16:00:00.000Z');
    expect(readMoment('2019-02-30 10:00:00')).toBeUndefined();
    expect(readMoment('')).toBeUndefined();
  });
});

describe('a file of past letters on its page', () => {
  const rows = [
    '编号,标题,内容,答复,时间甲,时间乙',
    '7,路灯,不亮,已修,2019-04-25,2019-05-01',
    '8,水压,太低,已好,2019-04-26,昨天',
  ];
  const chosen = { id: '0', title: '1', body: '2', reply: '3', createdAt: '4', repliedAt: '5' };

  it('is shown before anything is imported; columns are chosen by hand; it is imported, and taken back', async () => {
    const sent = await send(rows.join('\r\n'), '旧信.csv', '旧站一');
    expect(sent.status).toBe(303);
    const first = plain((await visitor.open(sent.at)).html);
    expect(first).toContain('2 条记录');
    expect(first).toContain('还要选出这几列：来信时间、答复时间。');
    expect(first).toContain('路灯');
    const refused = await visitor.send(`${sent.at}/start`, { ...chosen, repliedAt: '' });
    expect(refused.status).toBe(422);
    const kept = await refused.text();
    expect(plain(kept)).toContain('还要选出这几列：答复时间。');
    expect(kept).toMatch(/name="createdAt"[^]*?<option value="4" selected>/);
    const looked = plain(await (await visitor.send(`${sent.at}/look`, chosen)).text());
    expect(looked).toContain('这一行不会导入：不是时间：昨天');
    expect(await LetterModel.countDocuments({ channel: 'import', title: '路灯' })).toBe(0);

    expect((await visitor.send(`${sent.at}/start`, chosen)).status).toBe(303);
    expect((await visitor.send(`${sent.at}/start`, chosen)).status).toBe(409);
    await runDueJobs([importLetters]);
    const done = plain((await visitor.open(sent.at)).html);
    expect(done).toContain('完成');
    expect(done).toContain('撤销导入');
    const letter = await LetterModel.findOne({ channel: 'import', title: '路灯' }).lean<Letter>();
    const opened = plain((await visitor.open(`/office/letters/${letter?.number}`)).html);
    expect(opened).toContain('旧站一的答复');
    expect(opened).not.toContain('拟稿');

    expect((await visitor.send(`${sent.at}/undo`)).status).toBe(303);
    await runDueJobs([undoImport]);
    expect(plain((await visitor.open(sent.at)).html)).toContain('已撤销：删去 1 封。');
    expect(await LetterModel.countDocuments({ channel: 'import', title: '路灯' })).toBe(0);
    expect((await visitor.send(`${sent.at}/undo`)).status).toBe(409);
  });

  it('taken back leaves what somebody has worked on since, and can be imported again', async () => {
    const id = await start(head + [line(1), line(2), line(3)].join('\n'), '旧站二');
    await runImport(id);
    const letters = await LetterModel.find({ 'trail.data.run': id }).sort({ title: 1 }).lean<Letter[]>();
    await LetterModel.collection.updateOne(
      { _id: letters[0]?._id as never },
      { $push: { trail: { id: 'x', verb: 'remark' } } as never },
    );
    expect((await visitor.send(`/office/letters/import/${id}/undo`)).status).toBe(303);
    await runDueJobs([undoImport]);
    expect((await after(id))?.undone).toEqual({ removed: 2, kept: 1 });
    const again = await finish(await start(head + [line(1), line(2), line(3)].join('\n'), '旧站二'));
    expect([again?.imported, again?.known]).toEqual([2, 1]);
  });

  it('of Excel is taken, and can be thrown away', async () => {
    const book = join(tmpdir(), `${newId()}.xlsx`);
    const cells = rows.map((row) => row.split(',').map((value) => ({ value })));
    await writeXlsxFile(cells as never).toFile(book);
    const sent = await send(await readFile(book), '旧信.xlsx', '旧站三');
    expect(plain((await visitor.open(sent.at)).html)).toContain('路灯');
    expect((await visitor.send(`${sent.at}/discard`)).status).toBe(303);
    expect((await visitor.open(sent.at)).status).toBe(404);
  });

  it('in GBK is read as it was written', async () => {
    const bytes = Buffer.from('b1e0bac52cb1eacce20a312cc2b7b5c60a', 'hex'); // 编号,标题 / 1,路灯
    const sent = await send(bytes, 'gbk.csv', '旧站四');
    expect(plain((await visitor.open(sent.at)).html)).toContain('路灯');
  });

  it.each([
    [
      'with an unclosed quotation mark',
      `${head}${line(1)}\n2,"题,文,答\n${line(3)}\n`,
      '从第 4 行开始读不下去：引号没有成对',
    ],
    ['with headings alone', head, '除了列名没有记录'],
    ['that is none', Buffer.from([0, 1, 2, 3, 0, 0, 0, 0, 0, 0]), '这个文件不是表格'],
    ['that is empty', '', '请'],
  ])('%s is refused at once, and what was typed stays', async (_, bytes, sentence) => {
    const { status, text } = await send(bytes, 'bad.csv', '旧站五');
    expect(status).toBe(422);
    expect(text).toContain(sentence);
    expect(await ImportRunModel.countDocuments({ source: '旧站五' })).toBe(0);
  });

  it('with characters that cannot be read has faults instead of letters', async () => {
    const run = await finish(await start(`${head}${line(1, { title: '路\ufffd' })}\n${line(2)}`, '旧站六'));
    expect([run?.imported, run?.faults[0]?.told.key.split('.').at(-1)]).toEqual([1, 'garbled']);
  });
});
