import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { deliverOutbox } from '../../src/mailbox/deliver.ts';
import { MailModel, openMail } from '../../src/notification/mailModel.ts';
import { useUploadsFolder } from '../../src/platform/uploads/folders.ts';
import { scanWaiting, useScanner } from '../../src/platform/uploads/scan.ts';
import { uploadsOf } from '../../src/platform/uploads/store.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { setClock } from '../../src/kernel/time.ts';
import { useApp } from '../support/app.ts';
import { eicar, startClamd } from '../support/clamd.ts';
import { visitor } from '../support/letterVisitor.ts';
import { letterText, stored } from '../support/mailbox.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';

const app = useApp();
const folder = mkdtempSync(join(tmpdir(), 'letters-'));
beforeAll(() => useUploadsFolder(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  useScanner();
  setClock();
});

/** Writes a letter with files through the three steps; gives what is needed to follow it. */
async function writeWith(files: { name: string; content: string }[]) {
  const who = visitor(app.base);
  const { kind, title, body, name, phone, email } = letterText;
  await who.open('/letters/new');
  const second = await who.send('/letters/new/letter', { kind, title, box: 'unified' });
  const formKey = /name="formKey" value="([^"]+)"/.exec(second.text)?.[1] ?? '';
  const third = await who.sendFiles('/letters/new/contact', { kind, title, box: 'unified', formKey, body }, files);
  const ids = [...third.text.matchAll(/name="attachments" value="([^"]+)"/g)].map(([, id = '']) => id);
  const form = new URLSearchParams({ _csrf: who.browser.token, kind, title, box: 'unified', formKey, body });
  for (const [key, value] of Object.entries({ name, phone, email, mayPublish: '1' })) form.append(key, value);
  for (const id of ids) form.append('attachments', id);
  const sent = await who.browser.fetch('/letters/new/send', { method: 'POST', body: form });
  const page = await who.open('/letters/sent');
  const [number = '', code = ''] = [...page.text.matchAll(/<dd>([^<]+)<\/dd>/g)].map(([, text = '']) => text.trim());
  return { who, third, ids, sent, number, code };
}

it('20 files go with one letter where the setting lets them, and each can be got back', async () => {
  await storeSetting('mailbox.attachments-max', 20, 'test');
  const files = Array.from({ length: 20 }, (_, index) => ({ name: `记录${index}.txt`, content: `第${index}天的水压` }));
  const { who, ids, number, code, sent } = await writeWith(files);
  await storeSetting('mailbox.attachments-max', null, 'test');
  expect([ids.length, sent.status]).toEqual([20, 303]);
  await who.send('/letters/track', { number, code });
  const page = (await who.open(`/letters/track/${number}`)).text;
  const links = [...page.matchAll(/href="([^"]+\/files\/[^"]+)"/g)].map(([, href = '']) => href);
  expect(links).toHaveLength(20);
  const texts = await Promise.all(links.map(async (href) => (await who.open(href)).text));
  expect(new Set(texts)).toEqual(new Set(files.map(({ content }) => content)));
});

it('a file found infected after the letter came in is removed, stands on the trail, and its writer is told', async () => {
  setClock(() => new Date('2026-11-18T10:00:00+08:00'));
  useScanner('tcp://127.0.0.1:1');
  const { who, number, code, sent } = await writeWith([{ name: '照片说明.txt', content: `现场\n${eicar}` }]);
  expect(sent.status).toBe(303);
  await who.send('/letters/track', { number, code });
  const open = async () => (await who.open(`/letters/track/${number}`)).text;
  expect(await open()).toContain('正在检查病毒');
  const clamd = await startClamd();
  useScanner(clamd.url);
  await scanWaiting();
  await scanWaiting();
  await clamd.close();
  const page = await open();
  expect(page).toContain('附件“照片说明.txt”里发现病毒，已删除');
  expect(page).not.toMatch(/href="[^"]+\/files\//);
  const row = await LetterModel.findOne({ number }).lean<{ _id: string }>();
  const letter = await stored(row?._id ?? '');
  expect(letter.trail.filter(({ verb }) => verb === 'drop-file')).toHaveLength(1);
  expect((await uploadsOf(`letter:${letter._id}`))[0]?.scan).toBe('infected');
  await deliverOutbox(letter._id);
  const mails = (await MailModel.find().lean()).map(openMail).filter(({ subject }) => subject?.includes('附件'));
  expect(mails.map(({ text }) => text).join()).toContain('照片说明.txt');
});

describe('a file that cannot be taken', () => {
  it.each([
    ['too large', { name: '楼道.jpg', content: Buffer.alloc(2 * 1024 * 1024) }, '不能超过 1 MB'],
    ['far too large', { name: '楼道.jpg', content: Buffer.alloc(6 * 1024 * 1024) }, '不能超过 1 MB'],
    ['of another kind', { name: '程序.exe', content: Buffer.from('MZ\u0000\u0001') }, '“程序.exe”'],
  ])('because it is %s is answered at its field with everything kept', async (_why, bad, sentence) => {
    await storeSetting('uploads.file-megabytes', 1, 'test');
    const who = visitor(app.base);
    const { kind, title, body } = letterText;
    await who.open('/letters/new');
    const second = await who.send('/letters/new/letter', { kind, title, box: 'unified' });
    expect(second.text).toContain('每个不超过 1 MB');
    const formKey = /name="formKey" value="([^"]+)"/.exec(second.text)?.[1] ?? '';
    const files = [{ name: '水压记录.txt', content: '早晚各一次' }, bad];
    const again = await who.sendFiles('/letters/new/contact', { kind, title, box: 'unified', formKey, body }, files);
    await storeSetting('uploads.file-megabytes', null, 'test');
    expect(again.status).toBe(422);
    expect(again.text).toMatch(new RegExp(`id="error-files">[^<]*${sentence}`));
    expect(again.text).toContain(body);
    expect(again.text).not.toContain('_csrf=');
    // What is far too large ends the transmission; the browser asks before it sends such a thing
    if (_why !== 'far too large') expect(again.text).toContain('水压记录.txt');
  });
});
