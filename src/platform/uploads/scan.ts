import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { config } from '../../config.ts';
import { logger } from '../logger.ts';
import { counter } from '../metrics.ts';
import { ScannerAway, scanStream, type Verdict } from './clamd.ts';
import { storedPath } from './folders.ts';
import { type Upload, UploadModel } from './uploadModel.ts';

let address = config.clamdUrl;

/** For tests: another scanner, or none. */
export function useScanner(other?: string): void {
  address = other;
}

/** True where files must be scanned before anybody gets them. */
export const scanning = (): boolean => address !== undefined;

const scanned = counter('uploads_scanned', 'Files handed to the virus scanner', ['verdict']);

/** Scans a content before it is stored. `waiting`: there is no answer now; the file is scanned later and kept back until then. */
export async function scanContent(content: string | Buffer): Promise<Verdict | 'waiting'> {
  try {
    return await ask(typeof content === 'string' ? createReadStream(content) : Readable.from([content]));
  } catch (error) {
    if (!(error instanceof ScannerAway)) throw error;
    logger.error({ event: 'uploads.scanner-away', error }, 'A file waits: the virus scanner does not answer');
    return 'waiting';
  }
}

async function ask(content: Readable): Promise<Verdict> {
  if (address === undefined) return 'clean';
  const verdict = await scanStream(address, content);
  scanned.inc({ verdict });
  return verdict;
}

type Told = (upload: Upload) => Promise<unknown>;
const listeners: Told[] = [];
/** A feature that keeps files says here what follows when one of them is removed because of a virus. May be told twice. */
export function whenInfected(told: Told): void {
  listeners.push(told);
}

/**
 * Scans what waits, oldest first, and what was stored before there was a scanner and is asked for now. Gives how many
 * were decided. Throws ScannerAway while nobody answers.
 */
export async function scanWaiting(limit = 200): Promise<number> {
  const waiting = await UploadModel.find({ scan: 'waiting' }).limit(limit).lean<Upload[]>();
  waiting.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  for (const upload of waiting) await decide(upload, await ask(createReadStream(storedPath(upload.hash))));
  return waiting.length;
}

/** The infected content goes from the disk first: nobody gets it whatever happens next. */
async function decide(upload: Upload, verdict: Verdict): Promise<void> {
  if (verdict === 'infected') {
    await rm(storedPath(upload.hash), { force: true });
    for (const told of listeners) await told({ ...upload, scan: 'infected' });
  }
  await UploadModel.updateMany({ hash: upload.hash }, { $set: { scan: verdict } });
}

/** Puts a file that no scanner has seen into the row of those that wait. */
export async function waitForScan({ _id }: Upload): Promise<void> {
  await UploadModel.updateOne({ _id, scan: { $exists: false } }, { $set: { scan: 'waiting' } });
}
