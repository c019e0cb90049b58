import { existsSync, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const wanted = 2 * 1024 ** 3;

/** True where files can lie in memory: nothing of a test has to outlive the machine, and a disk makes every write wait. */
function hasRoomInMemory(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > wanted;
}

/** Makes an empty folder for the time of a test; the caller removes it. */
export function scratchFolder(name: string): string {
  return mkdtempSync(join(hasRoomInMemory() ? memory : tmpdir(), name));
}
