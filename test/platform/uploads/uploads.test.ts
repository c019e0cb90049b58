import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { setClock } from '../../../src/kernel/time.ts';
import { cleanFileName } from '../../../src/platform/uploads/fileName.ts';
import { storedPath } from '../../../src/platform/uploads/folders.ts';
import { removeUnusedUploads } from '../../../src/platform/uploads/jobs.ts';
import { pictureLibrary } from '../../../src/platform/uploads/picture.ts';
import { removeUpload, uploadsOf } from '../../../src/platform/uploads/store.ts';
import { UploadModel } from '../../../src/platform/uploads/uploadModel.ts';
import { sendFiles, useUploadDoor } from './door.ts';
import {
  docx,
  heic,
  ofd,
  oldOffice,
  pdf,
  photoWithPlace,
  picture,
  pictureBomb,
  program,
  xlsx,
  zipOf,
} from './samples.ts';
import { storeSetting } from '../../../src/platform/settings.ts';
import { until } from '../../support/until.ts';

const door = useUploadDoor();
const any = (...files: { name: string; data: Buffer | string }[]) => sendFiles(`${door.base}/any`, files);

async function fetched(id: string) {
  const response = await fetch(`${door.base}/files/${id}`);
  return { response, data: Buffer.from(await response.arrayBuffer()) };
}
const incoming = () => (existsSync(join(door.folder, 'incoming')) ? readdirSync(join(door.folder, 'incoming')) : []);

/** The answer is out before the last of the clearing is done. */
async function nothingLeftIncoming(): Promise<void> {
  await until(() => incoming().length === 0);
}

afterEach(() => {
  pictureLibrary.name = 'sharp';
  setClock();
});

describe('a picture', () => {
  it('loses place, camera and name, and stands upright', async () => {
    const original = await photoWithPlace();
    expect(original.includes('SecretCamera')).toBe(true);
    const { files, body } = await any({ name: '现场照片.JPG', data: original });
    expect(files).toMatchObject([{ name: '现场照片.jpg', type: 'image/jpeg', kind: 'picture' }]);
    expect(body).toEqual({ remark: '附言 𠮷' });
    const { data } = await fetched(files[0]?.id ?? '');
    const seen = await sharp(data).metadata();
    expect(seen).toMatchObject({ format: 'jpeg', width: 48, height: 64 });
    expect(seen.exif).toBeUndefined();
    for (const secret of ['SecretCamera', 'Zhang San', 'GPS']) expect(data.includes(secret)).toBe(false);
  });

  it.each(['png', 'webp', 'gif'] as const)('that is a %s becomes WebP', async (format) => {
    const { files } = await any({ name: `a.${format}`, data: await picture(format) });
    expect(files).toMatchObject([{ name: 'a.webp', type: 'image/webp' }]);
    expect((await sharp((await fetched(files[0]?.id ?? '')).data).metadata()).format).toBe('webp');
  });

  it('that carries a script behind its end leaves the script behind', async () => {
    const data = Buffer.concat([await picture('png'), Buffer.from('<script>alert(1)</script>')]);
    const { files } = await any({ name: 'a.png', data });
    expect((await fetched(files[0]?.id ?? '')).data.includes('<script>')).toBe(false);
  });

  it('that would fill gigabytes is refused with its reason, at once', async () => {
    const bomb = pictureBomb();
    expect(bomb.length).toBeLessThan(10_000);
    const before = process.memoryUsage().rss;
    const begin = process.cpuUsage().user;
    const { status, sentence } = await any({ name: '炸弹.png', data: bomb });
    expect(status).toBe(422);
    expect(sentence).toBe('“炸弹.png”的尺寸太大，图片不能超过 50 百万像素。请缩小后再传。');
    // To unpack it takes 3.6 GB and many seconds of the processor
    expect((process.cpuUsage().user - begin) / 1000).toBeLessThan(2000);
    expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
  });

  it('that breaks off is refused', async () => {
    const half = (await photoWithPlace()).subarray(0, 400);
    expect(await any({ name: 'half.jpg', data: half })).toMatchObject({
      status: 422,
      sentence: expect.stringContaining('打不开'),
    });
  });

  it('is refused with a sentence where the picture library is missing, and other files are not', async () => {
    pictureLibrary.name = 'no-such-library';
    const refused = await any({ name: 'a.png', data: await picture('png') });
    expect(refused).toMatchObject({ status: 422, sentence: expect.stringContaining('暂时不能处理图片') });
    expect((await any({ name: 'a.pdf', data: pdf })).status).toBe(200);
  });

  it('is scaled down to the setting', async () => {
    const large = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: '#336699' } })
      .png()
      .toBuffer();
    const { files } = await any({ name: 'large.png', data: large });
    expect(await UploadModel.findById(files[0]?.id).lean()).toMatchObject({ width: 2560, height: 1280 });
  });
});

describe('what is taken, by its content', () => {
  it.each([
    ['申请.pdf', pdf, 'application/pdf'],
    ['表.docx', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['表.xlsx', xlsx, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['公文.ofd', ofd, 'application/ofd'],
    ['说明.txt', '您好，𠮷先生。\r\n', 'text/plain'],
    ['老文件.txt', Buffer.from([0xc4, 0xfa, 0xba, 0xc3, 0x0a]), 'text/plain'], // 您好 in GB 18030
  ])('%s', async (name, data, type) => {
    const { files } = await any({ name, data });
    expect(files).toMatchObject([{ name, type, kind: 'document' }]);
    expect((await fetched(files[0]?.id ?? '')).data.equals(Buffer.from(data))).toBe(true);
  });

  it.each([
    ['程序.jpg', program, '不是我们能接收的类型'],
    ['程序.exe', program, '不是我们能接收的类型'],
    ['a.jpg', pdf, '后缀（jpg）与文件内容不一致'],
    ['a.pdf', docx, '后缀（pdf）与文件内容不一致'],
    ['a.docx', ofd, '不是我们能接收的类型'],
    ['page.html', '<script>alert(1)</script>', '后缀（html）与文件内容不一致'],
    ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', '“a.svg”'],
    ['a.pdf.html', pdf, '后缀（html）与文件内容不一致'],
    ['without ending', pdf, '后缀（–）与文件内容不一致'],
    ['binary.txt', Buffer.from([1, 2, 3, 0, 4]), '不是我们能接收的类型'],
    ['empty.txt', '', '是空文件'],
    ['IMG_0001.HEIC', heic, 'iPhone 的 HEIC 照片（后缀写的是 heic）'],
    ['IMG_0001.jpg', heic, 'iPhone 的 HEIC 照片（后缀写的是 jpg）'],
    ['报告.wps', oldOffice, '另存为 docx'],
    ['材料.zip', zipOf({ 'a.txt': 'a' }), '请解压后'],
  ])('%s is refused', async (name, data, words) => {
    const { status, sentence } = await any({ name, data });
    expect(status).toBe(422);
    expect(sentence).toContain(words);
  });

  it('where only pictures are wanted, no document', async () => {
    const { status, sentence } = await sendFiles(`${door.base}/pictures`, [{ name: 'a.pdf', data: pdf }]);
    expect({ status, sentence }).toEqual({
      status: 422,
      sentence: '“a.pdf”不是我们能接收的图片。请上传 JPG、PNG、WebP 或 GIF 图片。',
    });
  });

  it('all or none', async () => {
    const before = await UploadModel.countDocuments();
    expect((await any({ name: 'a.pdf', data: pdf }, { name: 'b.exe', data: program })).status).toBe(422);
    expect(await UploadModel.countDocuments()).toBe(before);
    await nothingLeftIncoming();
  });
});

describe('how much', () => {
  it('20 MB are refused with the limit, and nothing is left behind', async () => {
    const { status, sentence } = await any({ name: 'large.pdf', data: Buffer.alloc(20 * 1024 * 1024, pdf) });
    expect(status).toBe(422);
    expect(sentence).toBe('文件太大了，每个文件不能超过 15 MB。请压缩后再传，或分成几个文件。');
    await nothingLeftIncoming();
  });

  it('a fourth file is refused', async () => {
    const file = { name: 'a.pdf', data: pdf };
    const { status, sentence } = await any(file, file, file, file);
    expect({ status, sentence }).toEqual({ status: 422, sentence: '一次最多上传 3 个文件，请去掉几个再试。' });
    await nothingLeftIncoming();
  });

  it('a form that breaks off is a sentence, not a defect', async () => {
    const response = await fetch(`${door.base}/any`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\nhalf',
    });
    expect(response.status).toBe(422);
    await nothingLeftIncoming();
  });
});

describe('a file that is sent out', () => {
  it.each([
    ['申请 表.pdf', pdf, 'attachment'],
    ['照片.jpg', null, 'inline'],
  ])('%s keeps its Chinese name and can run nothing', async (name, data, disposition) => {
    const { files } = await any({ name, data: data ?? (await photoWithPlace()) });
    const { response } = await fetched(files[0]?.id ?? '');
    const written = response.headers.get('content-disposition') ?? '';
    expect(written.startsWith(`${disposition};`)).toBe(true);
    expect(written).toContain(`filename*=UTF-8''${encodeURIComponent(name)}`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
    expect(response.headers.get('cache-control')).toMatch(/^private/);
  });

  it('is answered with 304 to whoever has it', async () => {
    const { files } = await any({ name: 'a.pdf', data: pdf });
    const url = `${door.base}/files/${files[0]?.id}`;
    const tag = (await fetch(url)).headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': tag, 'cache-control': 'max-age=60' } })).status).toBe(304);
  });

  it('is a 404 when its content is gone from the disk', async () => {
    const { files } = await any({ name: 'lost.txt', data: 'only once' });
    const row = await UploadModel.findById(files[0]?.id).lean();
    await rm(storedPath(row?.hash ?? ''));
    expect((await fetched(files[0]?.id ?? '')).response.status).toBe(404);
  });
});

describe('clearing away', () => {
  it('equal content lies on the disk once and stays until the last has gone', async () => {
    const { files } = await any({ name: 'a.txt', data: '同样的内容' }, { name: 'b.txt', data: '同样的内容' });
    const [first, second] = files.map(({ id }) => id);
    const hash = (await UploadModel.findById(first).lean())?.hash ?? '';
    await removeUpload(first ?? '');
    expect(readFileSync(storedPath(hash), 'utf8')).toBe('同样的内容');
    await removeUpload(second ?? '');
    expect(existsSync(storedPath(hash))).toBe(false);
  });

  it('takes what belongs to nothing after a day, and what a killed process left', async () => {
    const lost = await any({ name: 'lost.txt', data: 'lost' });
    const kept = await sendFiles(`${door.base}/any?attach=letter:1`, [{ name: 'kept.txt', data: 'kept' }]);
    const leftover = join(door.folder, 'incoming', 'leftover');
    await writeFile(leftover, 'half');
    await utimes(leftover, new Date(Date.now() - 7_200_000), new Date(Date.now() - 7_200_000));
    await removeUnusedUploads([]).run({}, { attempt: 1, last: false });
    expect(await UploadModel.exists({ _id: lost.files[0]?.id })).not.toBeNull();
    expect(existsSync(leftover)).toBe(false);
    setClock(() => new Date(Date.now() + 25 * 3_600_000));
    await removeUnusedUploads([]).run({}, { attempt: 1, last: false });
    expect(await UploadModel.exists({ _id: lost.files[0]?.id })).toBeNull();
    expect((await uploadsOf('letter:1')).map(({ _id }) => _id)).toEqual([kept.files[0]?.id]);
  });
});

describe('a disk that is nearly full', () => {
  afterEach(() => storeSetting('uploads.free-megabytes', null, 'test'));

  it('takes no file, keeps what was typed, and says so', async () => {
    await storeSetting('uploads.free-megabytes', 10_000_000, 'test');
    const refused = await any({ name: 'a.pdf', data: pdf });
    expect(refused).toMatchObject({ status: 422, sentence: expect.stringContaining('服务器的空间不够了') });
    await nothingLeftIncoming();
    await storeSetting('uploads.free-megabytes', null, 'test');
    expect((await any({ name: 'a.pdf', data: pdf })).status).toBe(200);
  });
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\照片.jpg', '照片.jpg'],
    ['gpj\u202e.exe', 'gpj.exe'],
    ['a\u0000b\r\n.pdf', 'ab.pdf'],
    ['  .hidden.txt ', 'hidden.txt'],
    ['"><script>.txt', 'script.txt'],
    ['', 'file'],
    ['..', 'file'],
    [`${'长'.repeat(200)}.pdf`, `${'长'.repeat(65)}.pdf`],
    [`${'a'.repeat(200)}.pdf`, `${'a'.repeat(116)}.pdf`],
    ['𠮷.txt', '𠮷.txt'],
  ])('%j becomes %j', (given, clean) => {
    expect(cleanFileName(given)).toBe(clean);
  });
});
