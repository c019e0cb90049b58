import { beforeAll, describe, expect, it } from '@jest/globals';
import { copyInterview } from '../../src/interview/actions/copyInterview.ts';
import { cancelInterview } from '../../src/interview/actions/putOffInterview.ts';
import { findInterview } from '../../src/interview/interviewModel.ts';
import { materialOf } from '../../src/interview/material/material.ts';
import { removeMaterial } from '../../src/interview/material/tidyMaterial.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { findUpload } from '../../src/platform/uploads/store.ts';
import { changeSetting } from '../../src/organization/actions/changeSetting.ts';
import { useApp } from '../support/app.ts';
import { actorFor, makeStaff } from '../support/identity.ts';
import { makeInterview, outcome, system, type TestInterview } from '../support/interview.ts';
import { pngPicture } from '../support/picture.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let draft: TestInterview;
let organiser: Visitor;
let head: { id: string };
beforeAll(async () => {
  draft = await makeInterview('draft');
  head = await makeStaff({ departmentId: draft.departmentId, roles: ['head'] });
  organiser = new Visitor(app.base);
  const { name, value } = await staffCookie(head.id);
  organiser.setCookie(name, value);
});

/** Sends a file as the material page's form does. */
async function send(part: 'cover' | 'picture' | 'files', file: { name: string; data: Buffer }, alt = '一张图片') {
  const page = `/office/interviews/${draft.id}/material`;
  await organiser.open(page);
  const form = new FormData();
  form.set('alt', alt);
  form.append('files', new Blob([new Uint8Array(file.data)]), file.name);
  const answer = await organiser.sendForm(`${page}/${part}`, form);
  return { status: answer.status, html: await answer.text() };
}
const material = async (id = draft.id) => materialOf(await findInterview(id));
const words = { name: '说明.txt', data: Buffer.from('加装电梯的办法') };
const program = { name: '图片.png', data: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]) };

describe('material of an interview', () => {
  it('is looked at by its content, not by its name', async () => {
    for (const part of ['cover', 'picture', 'files'] as const) expect((await send(part, program)).status).toBe(422);
    expect((await send('cover', { ...words, name: '说明.png' })).status).toBe(422);
    expect((await send('picture', { name: '图.png', data: Buffer.from('<svg onload="x"/>') })).status).toBe(422);
    expect(await material()).toEqual({ cover: null, pictures: [], files: [] });
  });

  it('has limits of size and number, told in a sentence beside the form', async () => {
    await storeSetting('uploads.file-megabytes', 1, 'test');
    const large = await send('files', { name: '大.txt', data: Buffer.alloc(1_200_000, 'a') });
    expect(large.status).toBe(422);
    expect(large.html).toContain('每个文件不能超过 1 MB');
    await storeSetting('uploads.file-megabytes', null, 'test');
    for (const [key, part, file, sentence] of [
      ['interview.files-max', 'files', words, '最多 1 个附件'],
      ['interview.pictures-max', 'picture', { name: '图.png', data: await pngPicture() }, '最多 1 张配图'],
    ] as const) {
      await storeSetting(key, 1, 'test');
      expect((await send(part, file)).status).toBe(303);
      const second = await send(part, file);
      expect([second.status, second.html.includes(sentence)]).toEqual([409, true]);
      await storeSetting(key, null, 'test');
    }
    const { pictures, files } = await material();
    expect([pictures.length, files.length]).toEqual([1, 1]);
  });

  it('goes along with a copy, and each keeps its own', async () => {
    expect((await send('cover', { name: '封面.png', data: await pngPicture('#cc3333') }, '红色的封面')).status).toBe(
      303,
    );
    const earlier = await material();
    const copy = await material(await copyInterview(await actorFor(head), { interviewId: draft.id }));
    expect(copy.cover).toMatchObject({ alt: '红色的封面', width: earlier.cover?.width });
    expect([copy.pictures.length, copy.files.map(({ name }) => name)]).toEqual([1, ['说明.txt']]);
    const ids = ({ cover, pictures, files }: typeof copy) =>
      [cover, ...pictures, ...files].flatMap((one) => (one ? [one.id] : []));
    expect(ids(copy).filter((id) => ids(earlier).includes(id))).toEqual([]);
    for (const id of ids(earlier)) await removeMaterial(system, { interviewId: draft.id, id }).catch(() => undefined);
    for (const id of ids(copy)) expect(await findUpload(id)).not.toBeNull();
  });
});

describe('hosts of videos', () => {
  const save = async (video: string) => {
    await organiser.open(`/office/interviews/${draft.id}`);
    return (await organiser.send(`/office/interviews/${draft.id}/video`, { video })).status;
  };
  const policy = async () => (await fetch(`${app.base}/interviews`)).headers.get('content-security-policy') ?? '';

  it('none are allowed before an administrator names one; then that one alone, and the header says so', async () => {
    expect(await save('https://player.example.com/1')).toBe(422);
    expect(await policy()).not.toContain('example.com');
    await changeSetting(system, { key: 'interview.video-hosts', value: 'player.example.com\n*.live.example.org' });
    for (const [video, status] of [
      ['https://player.example.com/1', 303],
      ['https://a.live.example.org/1', 303],
      ['http://player.example.com/1', 422],
      ['https://player.example.com.evil.org/1', 422],
      ['https://evil-live.example.org/1', 422],
      ['https://player.example.com@evil.org/1', 422],
      ['https://player.example.com:8443/1', 422],
      ['javascript:alert(1)', 422],
      ['', 303],
    ] as const) {
      expect([video, await save(video)]).toEqual([video, status]);
    }
    expect(await policy()).toMatch(/frame-src 'self' https:\/\/player\.example\.com https:\/\/\*\.live\.example\.org;/);
  });

  it.each(['example.com; script-src *', "'unsafe-inline'", 'https://example.com', '*', 'localhost'])(
    '%s is no host: it is not saved and reaches no header',
    async (line) => {
      const saved = changeSetting(system, { key: 'interview.video-hosts', value: line });
      await expect(saved).rejects.toMatchObject({ told: { key: expect.stringContaining('errors.') } });
      await storeSetting('interview.video-hosts', [line], 'test'); // as if written by an older version
      expect(await policy()).toMatch(/frame-src 'self' ?;/);
      await storeSetting('interview.video-hosts', null, 'test');
    },
  );
});

it.each(['postpone', 'cancel'])('the reason is kept when a wish to %s is refused', async (verb) => {
  const { id } = await makeInterview('announced');
  const administrator = new Visitor(app.base);
  const { name, value } = await staffCookie((await makeStaff({ roles: ['clerk'] })).id);
  administrator.setCookie(name, value);
  await administrator.open(`/office/interviews/${id}`);
  const reason = `因场地临时检修，另行安排。${'请谅解。'.repeat(verb === 'cancel' ? 100 : 1)}`;
  const answer = await administrator.send(`/office/interviews/${id}/${verb}`, { reason, startsAt: '2020-01-01T10:00' });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain(reason);
});

it('the own question of a cancelled interview says that it is over', async () => {
  const { id } = await makeInterview('announced');
  const visitor = new Visitor(app.base);
  await visitor.open(`/interviews/${id}`);
  const form = { text: '电梯坏了三个月，谁来修？', formKey: 'cancelled-form-key' };
  expect((await visitor.send(`/interviews/${id}/questions`, form)).status).toBe(303);
  expect(await outcome(cancelInterview(system, { interviewId: id, reason: '条件不具备，另行安排' }))).toBe('done');
  const { html } = await visitor.open(`/interviews/${id}`);
  const mine = html.slice(html.indexOf('id="mine-list"'));
  expect(mine).toContain(form.text);
  expect(html).toContain('条件不具备');
  expect(mine.slice(0, mine.indexOf('</ul>'))).toMatch(/取消/);
});
