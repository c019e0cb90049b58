import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { newId } from '../../src/kernel/id.ts';
import { setClock } from '../../src/kernel/time.ts';
import { forgetWritersJob } from '../../src/mailbox/forgetWriter.ts';
import { askWriter, mailbox, submitLetter, supplementLetter } from '../../src/mailbox/index.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { WriterModel } from '../../src/mailbox/writerModel.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useUploadsFolder } from '../../src/platform/uploads/folders.ts';
import { removeUnusedUploads } from '../../src/platform/uploads/jobs.ts';
import { storeFiles, uploadsOf } from '../../src/platform/uploads/store.ts';
import { UploadModel } from '../../src/platform/uploads/uploadModel.ts';
import { useApp } from '../support/app.ts';
import { guestActor } from '../support/identity.ts';
import { visitor } from '../support/letterVisitor.ts';
import { letterIn, letterText, makeOffice, stored } from '../support/mailbox.ts';

const app = useApp();
const folder = mkdtempSync(join(tmpdir(), 'attachments-'));
beforeAll(() => useUploadsFolder(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { kind, title, body } = letterText;
const files = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `${n}.txt`, content: `${newId()}` }));
const idsIn = (html: string) => [...html.matchAll(/name="attachments" value="([^"]+)"/g)].map(([, id = '']) => id);

/** Somebody at the second step, and what they send along with its form. */
async function atSecondStep() {
  const who = visitor(app.base);
  await who.open('/letters/new');
  const second = await who.send('/letters/new/letter', { kind, title, box: 'unified' });
  const formKey = /name="formKey" value="([^"]+)"/.exec(second.text)?.[1] ?? '';
  const send = (count: number, more: Record<string, string> = {}) =>
    who.sendFiles('/letters/new/contact', { kind, title, box: 'unified', formKey, body, ...more }, files(count));
  return { who, send };
}

/** Rows of files that belong to nothing. */
const waiting = () => UploadModel.countDocuments({ attachedTo: null });

describe('the files of many devices', () => {
  // before anything else is counted
  it('are limited by network, whatever device they come from; the letter itself goes on', async () => {
    await storeSetting('web.limit-uploads-address', 3, 'test');
    const answers = [];
    for (let device = 0; device < 4; device += 1) answers.push(await (await atSecondStep()).send(1));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(3);
    const last = answers.at(-1);
    expect(last?.status).toBe(422);
    expect(last?.text).toContain('从这里上传的文件太多了');
    expect(last?.text).toContain(body);
    expect((await (await atSecondStep()).send(0)).status).toBe(200);
    await storeSetting('web.limit-uploads-address', null, 'test');
    await UploadModel.deleteMany({ attachedTo: null });
  });
});

describe('the files of one letter', () => {
  it('are never more than it may have, whatever was uploaded at the same moment', async () => {
    const { send } = await atSecondStep();
    const pages = await Promise.all([send(4), send(4), send(3)]);
    const ids = pages.flatMap(({ text }) => idsIn(text));
    expect(ids).toHaveLength(11);
    const owner = (await UploadModel.findById(ids[0]).lean())?.ownerId ?? '';
    const writer = { ...guestActor(), id: owner };
    const letter = (attachments: string[]) => submitLetter(writer, { ...letterText, formKey: newId(24), attachments });
    await expect(letter(ids)).rejects.toMatchObject({
      fields: { files: { key: 'mailbox.errors.too-many-files', params: { count: 5 } } },
    });
    const [first, second] = await Promise.all([letter(ids.slice(0, 5)), letter(ids.slice(3, 8))]);
    const [one, other] = await Promise.all([first, second].map(({ letterId }) => uploadsOf(`letter:${letterId}`)));
    expect(Math.max(one?.length ?? 0, other?.length ?? 0)).toBeLessThanOrEqual(5);
    expect((one?.length ?? 0) + (other?.length ?? 0)).toBe(8); // each file with one of them
    await UploadModel.deleteMany({ attachedTo: null });
  });

  it('that lie unsent are limited for one person, also when they come at once; others are not held up', async () => {
    const { send } = await atSecondStep();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(5)));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.every(({ status, text }) => status === 422 && text.includes('还没有随信寄出'))).toBe(true);
    expect(refused.length).toBeGreaterThanOrEqual(6); // 5 files a letter, four letters
    expect(await waiting()).toBeLessThanOrEqual(20);
    while ((await waiting()) < 20) expect((await send(1)).status).toBe(200);
    expect((await send(1)).status).toBe(422);
    expect((await (await atSecondStep()).send(5)).status).toBe(200);
    await UploadModel.deleteMany({ attachedTo: null });
  });

  it('that lie unsent are limited for all people together', async () => {
    const { send } = await atSecondStep();
    await UploadModel.collection.insertOne({
      _id: newId() as never,
      attachedTo: null,
      size: 5000 * 1024 * 1024,
      createdAt: new Date(),
    });
    const refused = await send(1);
    expect([refused.status, refused.text.includes('服务器的空间不够了'), refused.text.includes(body)]).toEqual([
      422,
      true,
      true,
    ]);
    await UploadModel.deleteMany({ attachedTo: null });
    expect((await send(1)).status).toBe(200);
  });

  it('go from the disk when they are taken off the letter', async () => {
    const { send } = await atSecondStep();
    const [first = '', second = ''] = idsIn((await send(2)).text);
    const page = await send(0, { attachments: second, remove: first });
    expect(idsIn(page.text)).toEqual([second]);
    expect(await UploadModel.findById(first)).toBeNull();
    expect(await UploadModel.findById(second)).not.toBeNull();
  });
});

it('a supplement with too many files is refused with a sentence, and none is lost silently', async () => {
  const office = await makeOffice();
  const { id, number, code } = await letterIn('assigned', office);
  await askWriter(office.handler, { letterId: id, text: '请补充照片。' });
  const who = visitor(app.base);
  await who.open('/letters/track');
  await who.send('/letters/track', { number, code });
  const answer = await who.sendFiles(`/letters/track/${number}/supplement`, { text: '照片附上。' }, files(6));
  expect([answer.status, answer.text.includes('最多可以附 5 个文件')]).toEqual([422, true]);
  expect((await stored(id)).inquiries.every((one) => one.answer === null)).toBe(true);
  const taken = await who.sendFiles(`/letters/track/${number}/supplement`, { text: '照片附上。' }, files(5));
  expect(taken.status).toBe(303);
  expect(await uploadsOf(`letter:${id}`)).toHaveLength(5);
});

describe('the files of a letter whose process ended before they had their place', () => {
  const { updateOne } = UploadModel;
  afterEach(() => {
    UploadModel.updateOne = updateOne;
    setClock();
  });
  /** From now on nothing gets its place, as if the process had ended. */
  const breakOff = () => {
    UploadModel.updateOne = (() => Promise.reject(new Error('gone'))) as never;
  };
  const goOn = () => {
    UploadModel.updateOne = updateOne;
  };
  async function waitingFiles(owner: string, count: number): Promise<string[]> {
    const ids: string[] = [];
    mkdirSync(folder, { recursive: true });
    for (let file = 0; file < count; file += 1) {
      const path = join(folder, newId());
      writeFileSync(path, newId());
      const received = { path, name: `${file}.txt`, size: 12 };
      const [upload] = await storeFiles([received], { field: 'files', ownerId: owner, kinds: ['document'] });
      ids.push(upload?._id ?? '');
    }
    return ids;
  }
  const later = (hours: number) => setClock(() => new Date(Date.now() + hours * 3_600_000));
  const tidy = () =>
    removeUnusedUploads(mailbox.namedFiles ? [mailbox.namedFiles] : []).run({}, { attempt: 1, last: false });

  it('get it when the form is sent again', async () => {
    const writer = { ...guestActor(), id: newId() };
    const attachments = await waitingFiles(writer.id, 2);
    const letter = { ...letterText, formKey: newId(24), attachments };
    breakOff();
    await expect(submitLetter(writer, letter)).rejects.toThrow('gone');
    goOn();
    const { letterId } = await submitLetter(writer, letter);
    expect(await uploadsOf(`letter:${letterId}`)).toHaveLength(2);
  });

  it('get it from the next tidying, however late, and what nothing names goes after a day', async () => {
    const writer = { ...guestActor(), id: newId() };
    const [unused = '', ...attachments] = await waitingFiles(writer.id, 3);
    const [foreign = ''] = await waitingFiles('somebody else', 1);
    breakOff();
    const letter = { ...letterText, formKey: newId(24), attachments: [...attachments, foreign] };
    await expect(submitLetter(writer, letter)).rejects.toThrow('gone');
    goOn();
    later(50);
    await tidy();
    const places = await UploadModel.find({ _id: { $in: attachments } }).lean();
    expect(places).toHaveLength(2);
    expect(new Set(places.map(({ attachedTo }) => attachedTo)).size).toBe(1);
    expect(places[0]?.attachedTo).toMatch(/^letter:/);
    expect(await UploadModel.countDocuments({ _id: { $in: [unused, foreign] } })).toBe(0);
  });

  /** Lets another process take a letter in and be killed; gives its writer and what it names. */
  async function killed(before: 'letter' | 'files') {
    const writer = { ...guestActor(), id: newId() };
    const attachments = await waitingFiles(writer.id, 2);
    const letter = { ...letterText, formKey: newId(24), attachments };
    const file = fileURLToPath(new URL('./killedWriter.ts', import.meta.url));
    const given = [mongoose.connection.name, before, JSON.stringify(writer), JSON.stringify(letter)];
    const env = { ...process.env, NODE_ENV: 'test', NODE_OPTIONS: '', MONGODB_URI: config.mongodbUri };
    const child = fork(file, given, { env, execArgv: [] });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    return { writer, letter };
  }

  it('get it after kill -9 as well, from the next tidying', async () => {
    const { letter } = await killed('files');
    const written = await LetterModel.findOne({ attachments: letter.attachments[0] }).lean();
    expect(await uploadsOf(`letter:${written?._id}`)).toEqual([]);
    later(1);
    await tidy();
    expect(await uploadsOf(`letter:${written?._id}`)).toHaveLength(2);
  });

  it('wait for the form when kill -9 came before the letter, and the writer that was sealed then is forgotten', async () => {
    const alone = async () => (await WriterModel.countDocuments()) - (await LetterModel.countDocuments());
    const { writer, letter } = await killed('letter');
    expect(await alone()).toBe(1);
    const { letterId } = await submitLetter(writer, letter);
    expect(await uploadsOf(`letter:${letterId}`)).toHaveLength(2);
    for (let night = 0; night < 2; night += 1) await forgetWritersJob.run({}, { attempt: 1, last: false });
    expect(await alone()).toBe(0);
    expect(await WriterModel.exists({ _id: letterId })).not.toBeNull();
  });

  it('the same with a supplement', async () => {
    const office = await makeOffice();
    const { id, number, code } = await letterIn('assigned', office);
    await askWriter(office.handler, { letterId: id, text: '请补充照片。' });
    const writer = { ...guestActor(), id: newId() };
    const attachments = await waitingFiles(writer.id, 2);
    breakOff();
    await expect(supplementLetter(writer, { number, code, text: '附上。', attachments })).rejects.toThrow('gone');
    goOn();
    later(1);
    await tidy();
    expect(await uploadsOf(`letter:${id}`)).toHaveLength(2);
  });
});
