import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { invalid, type Message } from '../../kernel/errors.ts';
import { integerSetting } from '../settings.ts';
import { incomingFolder } from './folders.ts';

const fileMegabytes = integerSetting('uploads.file-megabytes', { default: 15, min: 1, max: 100, unit: 'megabytes' });

/** A file that has arrived in the incoming folder and is not yet looked at. */
export interface ReceivedFile {
  path: string;
  name: string;
  size: number;
}

interface ReceiveOptions {
  /** Name of the form's file field. */
  field: string;
  filesMax: number;
}

const storage = multer.diskStorage({
  destination: (_request, _file, done) => {
    const folder = incomingFolder();
    mkdir(folder, { recursive: true }).then(
      () => done(null, folder),
      (error: Error) => done(error, folder),
    );
  },
  filename: (_request, _file, done) => done(null, randomUUID()),
});

/**
 * Takes a multipart form with files: text fields go to `request.body`, files to `receivedFiles(request)`.
 * Too many or too large is a 422 on the field. Whatever is not stored by then is removed when the answer is out.
 */
export function receiveFiles({ field, filesMax }: ReceiveOptions): RequestHandler {
  return (request, response, next) => {
    const fileSize = fileMegabytes.value() * 1024 * 1024;
    const limits = { fileSize, files: filesMax, fields: 100, parts: 100 + filesMax, fieldSize: 256 * 1024 };
    const take = multer({ storage, limits, defParamCharset: 'utf8' }).array(field, filesMax);
    response.on('close', () => void removeReceived(request));
    take(request, response, (error: unknown) => {
      const told = faultOf(error, filesMax);
      next(told ? invalid({ [field]: told }) : error);
    });
  };
}

/** What was wrong with the form. Errors of the disk carry a code of the system and are no fault of the form. */
function faultOf(error: unknown, filesMax: number): Message | undefined {
  if (!error) return undefined;
  const { code } = error as { code?: string };
  if (code !== undefined && !(error instanceof multer.MulterError)) return undefined;
  switch (code) {
    case 'LIMIT_FILE_SIZE':
      return { key: 'uploads.too-large', params: { megabytes: fileMegabytes.value() } };
    case 'LIMIT_FILE_COUNT':
    case 'LIMIT_UNEXPECTED_FILE':
      return { key: 'uploads.too-many', params: { count: filesMax } };
    default:
      return { key: 'uploads.broken-form' };
  }
}

function multerFiles(request: Request): Express.Multer.File[] {
  return Array.isArray(request.files) ? request.files : [];
}

/** The files of this request, in the order in which they were sent. */
export function receivedFiles(request: Request): ReceivedFile[] {
  return multerFiles(request).map(({ path, originalname, size }) => ({ path, name: originalname, size }));
}

/** What is still in the incoming folder goes; multer takes the path away from what it removed itself. */
async function removeReceived(request: Request): Promise<void> {
  const paths = multerFiles(request).map((file): string | undefined => file.path);
  for (const path of paths) if (path) await rm(path, { force: true }).catch(() => undefined); // else the hourly job takes it
}
