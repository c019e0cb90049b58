import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { now } from '../../kernel/time.ts';
import { defineJob, type Job } from '../queue/queue.ts';
import { incomingFolder } from './folders.ts';
import { scanning, scanWaiting } from './scan.ts';
import { removeUpload } from './store.ts';
import { type Upload, UploadModel } from './uploadModel.ts';

const hour = 3_600_000;

/**
 * Which of these files something names, and where they belong (`letter:7h2…`). `since`: none of them was sent before,
 * so that nothing that changed last before then can name one.
 */
export type NamedFiles = (ids: readonly string[], since: Date) => Promise<ReadonlyMap<string, string>>;

/** A letter and its files are written one after the other; so long they are given. */
const ownTime = hour / 6;
const atOnce = 2000;

/**
 * Goes through the files that belong to nothing: what something names after all (the process ended between writing it and
 * giving its files their place) gets its place, what nothing has named for a day is removed; and what a killed process
 * left half received.
 */
export const removeUnusedUploads = (namers: readonly NamedFiles[]): Job =>
  defineJob({
    name: 'uploads.remove-unused',
    input: z.object({}),
    cron: '41 * * * *',
    async run() {
      const at = now().getTime();
      const waiting = await UploadModel.find({ attachedTo: null, createdAt: { $lt: new Date(at - ownTime) } })
        .sort({ createdAt: 1 })
        .limit(atOnce)
        .lean<Upload[]>();
      const placed = await givePlaces(waiting, namers);
      for (const { _id, createdAt, heldUntil } of waiting) {
        const held = heldUntil && heldUntil.getTime() >= at;
        if (!held && !placed.has(_id) && createdAt.getTime() < at - 24 * hour) await removeUpload(_id);
      }
      await clearIncoming();
    },
  });

/** Gives the files that are named their place; gives those. */
async function givePlaces(waiting: readonly Upload[], namers: readonly NamedFiles[]): Promise<Set<string>> {
  const placed = new Set<string>();
  const [oldest] = waiting;
  if (!oldest) return placed;
  const ids = waiting.map(({ _id }) => _id);
  for (const named of namers) {
    for (const [_id, attachedTo] of await named(ids, oldest.createdAt)) {
      await UploadModel.updateOne({ _id, attachedTo: null }, { $set: { attachedTo } });
      placed.add(_id);
    }
  }
  return placed;
}

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
