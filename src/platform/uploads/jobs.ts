import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { now } from '../../kernel/time.ts';
import { defineJob, type Job } from '../queue/queue.ts';
import { incomingFolder } from './folders.ts';
import { scanning, scanWaiting } from './scan.ts';
import { removeUpload } from './store.ts';
import { UploadModel } from './uploadModel.ts';

const hour = 3_600_000;

/** Removes files that were sent but never became part of anything, and what a killed process left half received. */
export const removeUnusedUploads: Job = defineJob({
  name: 'uploads.remove-unused',
  input: z.object({}),
  cron: '41 * * * *',
  async run() {
    const before = new Date(now().getTime() - 24 * hour);
    const over = { $or: [{ heldUntil: { $exists: false } }, { heldUntil: { $lt: now() } }] };
    const unused = await UploadModel.find(
      { attachedTo: { $exists: false }, createdAt: { $lt: before }, ...over },
      { _id: 1 },
    )
      .limit(1000)
      .lean();
    for (const { _id } of unused) await removeUpload(_id);
    await clearIncoming();
  },
});

async function clearIncoming(): Promise<void> {
  const folder = incomingFolder();
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && Date.now() - found.mtimeMs > hour) await rm(join(folder, name), { force: true });
  }
}

/** Scans what had to wait because the virus scanner did not answer; every minute until it does. */
export const scanUploads: Job = defineJob({
  name: 'uploads.scan',
  input: z.object({}),
  cron: '* * * * *',
  attempts: 1,
  async run() {
    if (scanning()) await scanWaiting();
  },
});
