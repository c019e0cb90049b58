import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { setClock } from '../../src/kernel/time.ts';
import { DraftModel, draftsOf, saveDraft } from '../../src/mailbox/draft/draft.ts';
import { linkGuest } from '../../src/identity/following.ts';
import { removeUnusedUploads } from '../../src/platform/uploads/jobs.ts';
import { UploadModel } from '../../src/platform/uploads/uploadModel.ts';
import { useUploadsFolder } from '../../src/platform/uploads/folders.ts';
import { useApp } from '../support/app.ts';
import { guestActor, makeCitizen } from '../support/identity.ts';
import { visitor } from '../support/letterVisitor.ts';
import { letterText } from '../support/mailbox.ts';

const app = useApp();
const folder = mkdtempSync(join(tmpdir(), 'drafts-'));
beforeAll(() => useUploadsFolder(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => setClock());

const { kind, title, body, name, phone } = letterText;
const keyOf = (text: string) => /name="formKey" value="([^"]+)"/.exec(text)?.[1] ?? '';
const formKey = 'a-key-of-some-letter-1';
const files = [{ name: '水压记录.txt', content: '早晚各一次' }];

/** Somebody without scripts who has come to the third step. */
async function begun() {
  const who = visitor(app.base);
  await who.open('/letters/new');
  const second = await who.send('/letters/new/letter', { kind, title, box: 'unified' });
  const carried = { kind, title, box: 'unified', formKey: keyOf(second.text) };
  const third = await who.sendFiles('/letters/new/contact', { ...carried, body }, files);
  const [file = ''] = [...third.text.matchAll(/name="attachments" value="([^"]+)"/g)].map(([, id = '']) => id);
  return { who, carried, file };
}

describe('a letter that was begun', () => {
  it('is offered again on the same device without telling what it is about, and goes on where it was', async () => {
    const { who, file } = await begun();
    const first = (await who.open('/letters/new')).text;
    expect(first).toContain('有一封没写完的信');
    expect(first).not.toContain(title);
    expect(first).toMatch(/href="\/letters\/new\?step(=|&#x3D;)3&amp;draft(=|&#x3D;)[\w-]{20}"/);
    const third = (await who.open('/letters/new?step=3')).text;
    expect(third).toContain(`name="attachments" value="${file}"`);
    expect(third).toContain(body);
    const second = (await who.open('/letters/new?step=2')).text;
    expect(second).toContain('水压记录.txt');
    expect((await who.open('/letters/new?step=1')).text).toContain(title);
    expect((await visitor(app.base).open('/letters/new?step=3')).text).not.toContain(title);
  });

  it('is kept when asked for without scripts, from any step, right or wrong', async () => {
    const { who, carried } = await begun();
    const more = { ...carried, step: '3', sent: '1', body, name, phone: '不是电话', email: '' };
    expect((await who.send('/letters/new/draft', more)).status).toBe(303);
    const page = (await who.open('/letters/new?step=3')).text;
    for (const words of [name, '不是电话']) expect(page).toContain(`value="${words}"`);
    expect(page).not.toMatch(/name="mayPublish"[^>]* checked/);
    // Going back to the letter does not cost who one is
    await who.sendFiles('/letters/new/contact', { ...carried, body: `${body}补充一句。` }, []);
    expect((await who.open('/letters/new?step=3')).text).toContain(`value="${name}"`);
  });

  it('stays beside another one: two pages are two letters, each is gone on with and cleared by itself', async () => {
    const { who, file } = await begun();
    const fresh = keyOf((await who.open('/letters/new')).text);
    await who.send('/letters/new/draft', { kind: 'help', title: '路灯坏了三天没人修', formKey: fresh, step: '1' });
    const first = (await who.open('/letters/new')).text;
    const links = [...first.matchAll(/href="(\/letters\/new\?step[^"]+)"/g)].map(([, href = '']) =>
      href.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'),
    );
    expect(links).toHaveLength(2);
    const pages = await Promise.all(links.map(async (link) => (await who.open(link)).text));
    expect(pages[0]).toContain('路灯坏了三天没人修');
    expect(pages[0]).not.toContain(title);
    expect(pages[1]).toContain(body);
    const [lamp = ''] = links.map((link) => new URLSearchParams(link.split('?')[1]).get('draft') ?? '');
    expect((await visitor(app.base).open(links[1] ?? '')).text).not.toContain(title);
    await who.send('/letters/new/clear', { draft: lamp });
    expect((await who.open(links[1] ?? '')).text).toContain(body);
    expect((await who.open(links[0] ?? '')).text).not.toContain('路灯坏了三天没人修');
    expect(await UploadModel.findById(file)).not.toBeNull();
  });

  it('makes room when too many were begun: the oldest goes', async () => {
    const guest = guestActor();
    for (let index = 0; index < 7; index += 1) {
      setClock(() => new Date(Date.UTC(2026, 10, 18, 1, index)));
      await saveDraft(guest, { title: `第${index}封信的标题`, formKey: `key-of-letter-number-${index}` });
    }
    const titles = (await draftsOf(guest)).map(({ draft }) => draft.title);
    expect(titles).toEqual([6, 5, 4, 3, 2].map((index) => `第${index}封信的标题`));
  });

  it('lies encrypted and is gone after its days, when sent, or when cleared with its files', async () => {
    const { who, carried, file } = await begun();
    const rows = JSON.stringify(await DraftModel.find().lean());
    for (const words of [title, body.slice(0, 10)]) expect(rows).not.toContain(words);
    const clear = await who.send('/letters/new/clear', {});
    expect(clear.status).toBe(303);
    expect((await who.open('/letters/new?step=3')).text).not.toContain(title);
    expect(await UploadModel.findById(file)).toBeNull();
    const other = await begun();
    const sent = { ...other.carried, body, name, phone, mayPublish: '0' };
    expect((await other.who.send('/letters/new/send', sent)).status).toBe(303);
    expect((await other.who.open('/letters/new')).text).not.toContain('有一封没写完的信');
    await who.send('/letters/new/draft', { ...carried, body });
    setClock(() => new Date(Date.now() + 8 * 86_400_000));
    expect((await who.open('/letters/new')).text).not.toContain('有一封没写完的信');
  });

  it('of one person is not opened by another, even with their row', async () => {
    const [one, other] = [guestActor(), guestActor()];
    await saveDraft(one, { title, body, formKey });
    const row = await DraftModel.findOne({ ownerId: one.id }).lean();
    await DraftModel.create({ ...row, _id: 'moved', ownerId: other.id });
    await expect(draftsOf(other)).rejects.toThrow();
    expect((await draftsOf(one))[0]?.draft.title).toBe(title);
  });

  it('goes along when a visitor proves who they are', async () => {
    const [guest, citizen] = [guestActor(), await makeCitizen()];
    await saveDraft(guest, { title, body, formKey });
    await linkGuest(guest.id, citizen.id);
    expect((await draftsOf(citizen))[0]?.draft.body).toBe(body);
    expect(await draftsOf(guest)).toEqual([]);
  });

  it('takes the files along that were sent before, and nobody else’s', async () => {
    const [mine, others] = [await begun(), await begun()];
    const guest = { ...guestActor(), id: (await UploadModel.findById(mine.file).lean())?.ownerId ?? '' };
    const [row] = await draftsOf(guest);
    await saveDraft(guest, { ...row?.draft, attachments: [mine.file, others.file] });
    const citizen = await makeCitizen();
    await linkGuest(guest.id, citizen.id);
    expect((await draftsOf(citizen))[0]?.draft.attachments).toContain(mine.file);
    expect((await UploadModel.findById(mine.file).lean())?.ownerId).toBe(citizen.id);
    expect((await UploadModel.findById(others.file).lean())?.ownerId).not.toBe(citizen.id);
  });

  it('keeps its files as long as it is kept itself', async () => {
    const { file } = await begun();
    const sweep = async (days: number) => {
      setClock(() => new Date(Date.now() + days * 86_400_000));
      await removeUnusedUploads([]).run({}, { attempt: 1, last: false });
      return UploadModel.exists({ _id: file });
    };
    expect(await sweep(6)).not.toBeNull();
    expect(await sweep(8)).toBeNull();
  });

  it('is nothing while nothing was typed', async () => {
    expect(await saveDraft(guestActor(), { kind: 'help', title: '  ', formKey })).toBeNull();
  });
});
