import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/id.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { importPath, runImport } from '../../src/mailbox/office/import/run.ts';
import { ImportRunModel, type ImportRun } from '../../src/mailbox/office/import/runModel.ts';
import { readMoment } from '../../src/mailbox/office/import/row.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { useDatabase } from '../support/database.ts';
import { mailboxModels, makeOffice } from '../support/mailbox.ts';

useDatabase([...mailboxModels, ImportRunModel]);
beforeAll(async () => {
  await makeOffice();
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

async function start(text: string, source = '旧平台'): Promise<string> {
  const run: ImportRun = {
    _id: newId(),
    name: 'old.csv',
    source,
    departmentId: '',
    bytes: Buffer.byteLength(text),
    state: 'waiting',
    rows: 0,
    readBytes: 0,
    imported: 0,
    known: 0,
    faulty: 0,
    faults: [],
    failure: '',
    at: new Date(),
    by: '',
    endedAt: null,
  };
  await mkdir(dirname(importPath(run._id)), { recursive: true });
  await writeFile(importPath(run._id), text);
  await ImportRunModel.collection.insertOne(run as never);
  return run._id;
}
const after = async (id: string) => ImportRunModel.findById(id).lean<ImportRun>();
async function finish(id: string) {
  await runImport(id);
  return after(id);
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
    await ImportRunModel.collection.updateOne({ _id: broken as never }, { $set: { state: 'running' } });
    await runImport(broken);
    await ImportRunModel.collection.updateOne(
      { _id: broken as never },
      { $set: { state: 'running', rows: 100, imported: 100 } },
    );
    const resumed = await finish(broken);
    expect([resumed?.state, resumed?.rows, resumed?.imported, resumed?.known]).toEqual(['done', 250, 250, 0]);
    expect(await LetterModel.countDocuments({ channel: 'import' })).toBe(502);
  });

  it('says which columns are missing', async () => {
    const run = await finish(await start('id,title\n1,x\n'));
    expect([run?.state, run?.failure]).toEqual(['failed', 'body, reply, created_at, replied_at']);
  });

  it('reads the ways in which times are written', () => {
    expect(readMoment('2019年4月5日')?.toISOString()).toBe('2019-04-04T16:00:00.000Z');
    expect(readMoment('2019-02-30 10:00:00')).toBeUndefined();
    expect(readMoment('')).toBeUndefined();
  });
});
