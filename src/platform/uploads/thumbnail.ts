import { randomUUID } from 'node:crypto';
import { access, rename, writeFile } from 'node:fs/promises';
import { logger } from '../logger.ts';
import { storedPath } from './folders.ts';
import { drawSmall } from './picture.ts';
import type { Upload } from './uploadModel.ts';

/** Where the small copy of a picture lies. */
export const smallPath = (hash: string): string => `${storedPath(hash)}-small`;

const drawing = new Map<string, Promise<boolean>>();

/** True when there is a small copy of a picture, made at its first use; false when none can be made. */
export async function hasSmall({ hash }: Pick<Upload, 'hash'>): Promise<boolean> {
  const there = await access(smallPath(hash)).then(
    () => true,
    () => false,
  );
  if (there) return true;
  const busy = drawing.get(hash) ?? make(hash).finally(() => drawing.delete(hash));
  drawing.set(hash, busy);
  return busy;
}

async function make(hash: string): Promise<boolean> {
  try {
    const small = await drawSmall(storedPath(hash));
    if (!small) return false;
    const beside = `${smallPath(hash)}.${randomUUID()}`;
    await writeFile(beside, small, { mode: 0o600 });
    await rename(beside, smallPath(hash));
    return true;
  } catch (error) {
    logger.warn({ error, event: 'uploads.small' }, 'A small copy of a picture could not be made');
    return false;
  }
}
