import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { invalid, type Message } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { now } from '../../kernel/time.ts';
import { contentOf } from './content.ts';
import { cleanFileName, endingOf, withEnding } from './fileName.ts';
import { incomingFolder, storedPath } from './folders.ts';
import { cleanPicture, pictureLimits } from './picture.ts';
import type { ReceivedFile } from './receive.ts';
import { tooMuchWaiting } from './room.ts';
import { scanContent, scanning } from './scan.ts';
import { smallPath } from './thumbnail.ts';
import { type Upload, UploadModel } from './uploadModel.ts';

export interface StoreOptions {
  /** Form field that a refusal points at. */
  field: string;
  ownerId: string;
  /** What may be sent here. */
  kinds: readonly Upload['kind'][];
  /** So many files of this owner may lie here without belonging to anything; without it nothing limits them. */
  waitingMost?: number;
}

/**
 * Checks received files by their content and stores them; all or none. A file that cannot be taken is a 422 whose
 * sentence names it. What is stored belongs to nothing until attachUploads().
 */
export async function storeFiles(files: readonly ReceivedFile[], options: StoreOptions): Promise<Upload[]> {
  const checked: Checked[] = [];
  for (const file of files) checked.push(await check(file, options));
  const uploads: Upload[] = [];
  for (const file of checked) uploads.push(await keep(file, options.ownerId));
  await refuseTooMany(uploads, options);
  return uploads;
}

/** Counted when they are there: of several who store at the same moment at least the last sees all, and takes its own away. */
async function refuseTooMany(uploads: readonly Upload[], { field, ownerId, waitingMost }: StoreOptions): Promise<void> {
  if (waitingMost === undefined || uploads.length === 0) return;
  const own = await UploadModel.countDocuments({ ownerId, attachedTo: null });
  const tooMany = own > waitingMost;
  if (!tooMany && !(await tooMuchWaiting())) return;
  for (const { _id } of uploads) await removeUpload(_id);
  const told = { key: 'uploads.too-many-waiting', params: { count: waitingMost } };
  throw invalid({ [field]: tooMany ? told : { key: 'uploads.no-room' } });
}

/** Removes files of this owner that belong to nothing (yet); others are left alone. */
export async function removeWaiting(ids: readonly string[], ownerId: string): Promise<void> {
  for (const id of ids) {
    const upload = await findUpload(id);
    if (upload?.ownerId === ownerId && !upload.attachedTo) await removeUpload(id);
  }
}

interface Checked {
  name: string;
  kind: Upload['kind'];
  type: string;
  /** Drawn anew, or the received file itself. */
  source: Uint8Array | string;
  pixels?: { width: number; height: number };
  scan?: 'clean' | 'waiting';
}

async function check(file: ReceivedFile, { field, kinds }: StoreOptions): Promise<Checked> {
  const name = cleanFileName(file.name);
  const refuse = (key: string, params: Message['params'] = {}) =>
    invalid({ [field]: { key: `uploads.${key}`, params: { name, ...params } } });
  if (file.size === 0) throw refuse('empty');
  const content = await contentOf(file.path, name);
  if (content && 'foreign' in content) throw refuse(`foreign.${content.foreign}`, { ending: endingOf(name) || '–' });
  if (!content || !kinds.includes(content.kind))
    throw refuse(kinds.includes('document') ? 'not-taken' : 'not-a-picture');
  if (!content.endings.includes(endingOf(name))) throw refuse('wrong-ending', { ending: endingOf(name) || '–' });
  const verdict = scanning() ? await scanContent(file.path) : undefined;
  if (verdict === 'infected') throw refuse('infected');
  const scan = verdict ? { scan: verdict } : {};
  if (content.kind === 'document') return { ...scan, name, kind: 'document', type: content.type, source: file.path };
  const picture = await cleanPicture(file.path, content.type);
  if (typeof picture === 'string') throw refuse(picture, pictureLimits());
  const { data, type, width, height } = picture;
  return {
    ...scan,
    name: withEnding(name, type === 'image/jpeg' ? 'jpg' : 'webp'),
    kind: 'picture',
    type,
    source: data,
    pixels: { width, height },
  };
}

async function keep({ name, kind, type, source, pixels, scan }: Checked, ownerId: string): Promise<Upload> {
  const hash = await hashOf(source);
  const path = storedPath(hash);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const size = typeof source === 'string' ? (await stat(source)).size : source.length;
  const row = { _id: newId(16), hash, kind, type, name, size, ownerId, createdAt: now() };
  const upload: Upload = { ...row, ...pixels, ...(scan ? { scan } : {}) };
  // the row first: while it stands, nobody who removes an equal file takes this content away
  await UploadModel.collection.insertOne(upload as never);
  await place(source, path);
  return upload;
}

async function hashOf(source: Uint8Array | string): Promise<string> {
  const hash = createHash('sha256');
  if (typeof source !== 'string') return hash.update(source).digest('hex');
  await pipeline(createReadStream(source), hash);
  return hash.digest('hex');
}

/** Written beside and moved into place: a file is there whole or not at all. */
async function place(source: Uint8Array | string, path: string): Promise<void> {
  if (typeof source === 'string') return rename(source, path);
  const beside = join(incomingFolder(), randomUUID());
  await mkdir(incomingFolder(), { recursive: true, mode: 0o700 });
  await writeFile(beside, source, { mode: 0o600 });
  await rename(beside, path);
}

/** A second row for the same content, attached elsewhere; each may be removed without the other. Null when it is gone. */
export async function copyUpload(id: string, ownerId: string, attachedTo: string): Promise<Upload | null> {
  const upload = await findUpload(id);
  if (!upload) return null;
  const copy: Upload = { ...upload, _id: newId(16), ownerId, attachedTo, createdAt: now() };
  await UploadModel.collection.insertOne(copy as never);
  return copy;
}

/**
 * Changes those of the files that are this owner's and have no place yet; gives how many. One at a time, by exactly the
 * fields of one index: with a list of ids, or with `$exists`, the embedded database reads every file there is.
 */
async function changeWaiting(ids: readonly string[], ownerId: string, change: Partial<Upload>): Promise<number> {
  const one = (_id: string) => UploadModel.updateOne({ _id, ownerId, attachedTo: null }, { $set: change });
  const done = await Promise.all([...new Set(ids)].map(one));
  return done.reduce((count, { modifiedCount }) => count + modifiedCount, 0);
}

/** Gives stored files their place (`letter:7h2…`); only those of this owner that have none yet. Gives how many. */
export async function attachUploads(ids: readonly string[], ownerId: string, attachedTo: string): Promise<number> {
  return changeWaiting(ids, ownerId, { attachedTo });
}

/** Those of the files that are this owner's and have no place yet: what a record may name. */
export async function waitingOf(ids: readonly string[], ownerId: string): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await UploadModel.find({ ownerId, attachedTo: null }, { _id: 1 }).lean<Pick<Upload, '_id'>[]>();
  const own = new Set(found.map(({ _id }) => _id));
  return ids.filter((id) => own.has(id));
}

/** Keeps files that have no place yet for as long as something unfinished needs them. */
export async function holdUploads(ids: readonly string[], ownerId: string, until: Date): Promise<void> {
  await changeWaiting(ids, ownerId, { heldUntil: until });
}

/** Files that have no place yet go on under another owner: the same person, known by now. */
export async function handOverUploads(ids: readonly string[], from: string, to: string): Promise<void> {
  await changeWaiting(ids, from, { ownerId: to });
}

/** The files that belong to something, oldest first. */
export async function uploadsOf(attachedTo: string): Promise<Upload[]> {
  return UploadModel.find({ attachedTo }).sort({ createdAt: 1 }).lean();
}

/** One file's row, or null. */
export async function findUpload(id: string): Promise<Upload | null> {
  return UploadModel.findById(id).lean();
}

/** Removes a file; its content goes when no other row has the same. */
export async function removeUpload(id: string): Promise<void> {
  const upload = await findUpload(id);
  if (!upload) return;
  await UploadModel.deleteOne({ _id: id });
  if (!(await UploadModel.exists({ hash: upload.hash }))) {
    for (const path of [storedPath(upload.hash), smallPath(upload.hash)]) await rm(path, { force: true });
  }
}
