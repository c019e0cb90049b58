import { mkdir, statfs } from 'node:fs/promises';
import type { Message } from '../../kernel/errors.ts';
import { integerSetting } from '../settings.ts';
import { incomingFolder } from './folders.ts';
import { UploadModel } from './uploadModel.ts';

const megabyte = 1024 * 1024;
/** Below it files are refused, so that letters, the database and the log still have room. */
const floor = integerSetting('uploads.free-megabytes', { default: 1024, min: 0, max: 10_000_000, unit: 'megabytes' });
/** What may lie here without belonging to anything, of all people together. */
const waitingMost = integerSetting('uploads.waiting-megabytes', {
  default: 4096,
  min: 10,
  max: 10_000_000,
  unit: 'megabytes',
});

/** Why no file can be taken now; null when there is room on the disk. */
export async function noRoom(): Promise<Message | null> {
  const folder = incomingFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < floor.value() * megabyte ? { key: 'uploads.no-room' } : null;
}

/** True when files that belong to nothing yet fill more than they may. */
export async function tooMuchWaiting(): Promise<boolean> {
  const [sum] = await UploadModel.aggregate<{ bytes: number }>([
    { $match: { attachedTo: null } },
    { $group: { _id: null, bytes: { $sum: '$size' } } },
  ]);
  return (sum?.bytes ?? 0) > waitingMost.value() * megabyte;
}
