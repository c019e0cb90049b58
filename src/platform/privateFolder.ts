import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the program keeps in its data folder; whatever else lies there is somebody else's. */
const own = new Set(['db', 'imports', 'index', 'secret', 'uploads']);

const othersMay = 0o077;
const sharedByAll = 0o1000;

/** Keeps other users of the machine out of the data folder and what lies in it; what is not ours to change stays. */
export function keepPrivate(folder: string): void {
  try {
    if (lstatSync(folder).mode & sharedByAll) return; // such as /tmp itself: only what is in it is ours
  } catch {
    return; // there is none yet, and a new one is private
  }
  close(folder);
  for (const name of readdirSync(folder)) if (own.has(name)) closeAll(join(folder, name));
}

function closeAll(path: string): void {
  if (!close(path)) return;
  for (const name of readdirSync(path)) closeAll(join(path, name));
}

/** Gives whether it is a folder that can be gone into. */
function close(path: string): boolean {
  try {
    const entry = lstatSync(path);
    if (entry.isSymbolicLink()) return false;
    if (entry.mode & othersMay) chmodSync(path, entry.mode & 0o700);
    return entry.isDirectory();
  } catch {
    return false; // gone meanwhile, or another user's
  }
}
