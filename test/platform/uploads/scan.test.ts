import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ScannerAway, scanStream } from '../../../src/platform/uploads/clamd.ts';
import { scanUploads } from '../../../src/platform/uploads/jobs.ts';
import { scanWaiting, useScanner, whenInfected } from '../../../src/platform/uploads/scan.ts';
import { UploadModel } from '../../../src/platform/uploads/uploadModel.ts';
import { eicar, startClamd, type ClamdDouble } from '../../support/clamd.ts';
import { sendFiles, useUploadDoor } from './door.ts';
import { pdf, photoWithPlace } from './samples.ts';

const door = useUploadDoor();
const running: ClamdDouble[] = [];
async function clamd(options = {}): Promise<ClamdDouble> {
  const double = await startClamd(options);
  running.push(double);
  return double;
}
afterEach(async () => {
  useScanner();
  for (const double of running.splice(0)) await double.close();
});
const away = 'tcp://127.0.0.1:1';
const send = (...files: { name: string; data: Buffer | string }[]) => sendFiles(`${door.base}/any`, files);
const get = (id: string) => fetch(`${door.base}/files/${id}`).then(({ status }) => status);
const rowOf = (id: string) => UploadModel.findById(id).lean();

describe('asking clamd', () => {
  it.each([
    ['nothing', '', 'clean'],
    ['a text', '水压记录', 'clean'],
    ['the test virus', eicar, 'infected'],
    ['the test virus deep inside', `${'x'.repeat(300_000)}${eicar}${'y'.repeat(300_000)}`, 'infected'],
  ])('says of %s what it is', async (_what, content, verdict) => {
    const { url, streams } = await clamd();
    // In pieces, so that the virus lies across two of them
    const bytes = Buffer.from(content);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 65_521) }, (_, index) =>
      bytes.subarray(index * 65_521, (index + 1) * 65_521),
    );
    expect(await scanStream(url, Readable.from(pieces))).toBe(verdict);
    expect(streams).toEqual([bytes.length]);
  });

  it('goes over a Unix socket as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clamd '));
    const { url } = await clamd({ path: join(folder, 'clamd.ctl') });
    expect(await scanStream(url, Readable.from([Buffer.from(eicar)]))).toBe('infected');
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['nobody listens', away],
    ['there is no socket', 'unix:///nowhere/clamd.ctl'],
  ])('knows nothing when %s', async (_when, url) => {
    await expect(scanStream(url, Readable.from([Buffer.from('x')]))).rejects.toThrow(ScannerAway);
  });

  it('knows nothing of what is longer than clamd takes', async () => {
    const { url } = await clamd({ maximum: 1000 });
    await expect(scanStream(url, Readable.from([Buffer.alloc(5000)]))).rejects.toThrow(/size limit|verdict/);
  });
});

describe('a file that is sent in', () => {
  it('is refused with a sentence when it has a virus, whatever it looks like, and nothing of it is stored', async () => {
    useScanner((await clamd()).url);
    const before = await UploadModel.countDocuments();
    for (const file of [
      { name: '说明.txt', data: `水压记录\n${eicar}` },
      { name: '照片.jpg', data: Buffer.concat([await photoWithPlace(), Buffer.from(eicar)]) },
    ]) {
      const { status, sentence } = await send(file);
      expect([status, sentence]).toEqual([422, expect.stringContaining('发现病毒')]);
    }
    expect(await UploadModel.countDocuments()).toBe(before);
  });

  it('is given out once it is found clean', async () => {
    useScanner((await clamd()).url);
    const { files } = await send({ name: '清单.pdf', data: pdf });
    expect(await get(files[0]?.id ?? '')).toBe(200);
  });

  it('waits while the scanner is away, and is given out when it has looked', async () => {
    useScanner(away);
    const { status, files } = await send({ name: '清单2.txt', data: '第二份清单' });
    const id = files[0]?.id ?? '';
    expect([status, await get(id), (await rowOf(id))?.scan]).toEqual([200, 409, 'waiting']);
    await expect(scanWaiting()).rejects.toThrow(ScannerAway);
    expect(await get(id)).toBe(409);
    useScanner((await clamd()).url);
    await scanUploads.run({}, { last: false, attempt: 1 });
    expect([await get(id), (await rowOf(id))?.scan]).toEqual([200, 'clean']);
  });

  it('that waited and has a virus is removed, and its feature is told', async () => {
    const told: string[] = [];
    whenInfected(async ({ name }) => told.push(name));
    useScanner(away);
    const { files } = await send({ name: '带毒.txt', data: `等着\n${eicar}` });
    const id = files[0]?.id ?? '';
    useScanner((await clamd()).url);
    await scanWaiting();
    expect([await get(id), (await rowOf(id))?.scan, told]).toEqual([404, 'infected', ['带毒.txt']]);
    // Also where no scanner is configured any more
    useScanner();
    expect(await get(id)).toBe(404);
  });

  it('from before there was a scanner is looked at when somebody asks for it', async () => {
    const { files } = await send({ name: '旧清单.txt', data: '扫描之前的清单' });
    const id = files[0]?.id ?? '';
    expect(await get(id)).toBe(200);
    useScanner((await clamd()).url);
    expect(await get(id)).toBe(409);
    await scanWaiting();
    expect(await get(id)).toBe(200);
  });
});
