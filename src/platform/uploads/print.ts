import { storedPath } from './folders.ts';
import { drawForPrint } from './picture.ts';
import { scanning } from './scan.ts';
import { findUpload } from './store.ts';

/** Gives a stored picture as JPEG for a printed file; null when it is not there, not (yet) clean, or cannot be drawn. */
export async function printableUpload(id: string): Promise<{ data: Buffer; width: number; height: number } | null> {
  const upload = await findUpload(id);
  if (upload?.kind !== 'picture') return null;
  if (upload.scan === undefined ? scanning() : upload.scan !== 'clean') return null;
  return drawForPrint(storedPath(upload.hash)).catch(() => null);
}
