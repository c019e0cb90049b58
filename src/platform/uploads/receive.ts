import { rm } from 'node:fs/promises';
import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { formExpired, invalid, type Message, Refusal } from '../../kernel/errors.ts';
import { integerSetting } from '../settings.ts';
import { noRoom } from './room.ts';
import { incomingFiles, type IncomingFile } from './incoming.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** Set for a form whose body is not read yet: whether the token in it fits. */
    isOwnForm?: () => boolean;
  }
}

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
  /** Counts a file that somebody sends before a byte of it is kept; throws when it is one too many. */
  count?: (request: Request) => Promise<void>;
  /** False: files come along because it is the same form, and are passed over. */
  keep?: boolean;
}

/** How large a file may be, for the words of a form and for its script. */
export const fileMegabytesMax = (): number => fileMegabytes.value();

/** A file this many times too large ends the transmission; a smaller one costs only itself. */
const patience = 4;

/**
 * Takes a multipart form with files: text fields go to `request.body`, files to `receivedFiles(request)`.
 * Too many or too large is a 422 on the field; the texts and the other files are there all the same. Nothing is kept of
 * a form without its token. Whatever is not stored by then is removed when the answer is out.
 */
export function receiveFiles({ field, filesMax, count, keep = true }: ReceiveOptions): RequestHandler {
  return (request, response, next) => {
    /** Why files were passed over, while the texts of the form were taken. */
    let passedOver: Message | null = null;
    const largest = fileMegabytes.value() * 1024 * 1024;
    const limits = { fileSize: largest * patience, files: filesMax, fields: 100, parts: 100 + filesMax };
    const storage = incomingFiles(largest);
    const isOwn = () => request.isOwnForm?.() ?? true;
    const take = multer({
      storage,
      limits: { ...limits, fieldSize: 256 * 1024 },
      defParamCharset: 'utf8',
      // The token stands before the files: nothing of a foreign form is written
      fileFilter: (_request, _file, done) => {
        if (!isOwn()) return done(formExpired());
        if (!keep) return done(null, false);
        refusalOf(request, count).then(
          (refused) => {
            passedOver ??= refused;
            done(null, refused === null);
          },
          (error: Error) => done(error),
        );
      },
    }).array(field, filesMax);
    response.on('close', () => void removeReceived(request));
    take(request, response, (error: unknown) => {
      // It broke off: what had come in by then is removed already
      if (error) request.files = [];
      const told =
        faultOf(error, filesMax) ??
        passedOver ??
        (multerFiles(request).some(({ tooLarge }) => tooLarge) && tooLargeSentence());
      if (!error && !isOwn()) return next(formExpired());
      next(told ? invalid({ [field]: told }) : error);
    });
  };
}

/** Why this file is not taken: no room, or one too many of somebody. */
async function refusalOf(request: Request, count: ReceiveOptions['count']): Promise<Message | null> {
  try {
    await count?.(request);
    return await noRoom();
  } catch (error) {
    if (error instanceof Refusal) return error.told;
    throw error;
  }
}

/** What was wrong with the form. Errors of the disk carry a code of the system and are no fault of the form. */
function faultOf(error: unknown, filesMax: number): Message | undefined {
  if (!error) return undefined;
  const { code } = error as { code?: string };
  if (code !== undefined && !(error instanceof multer.MulterError)) return undefined;
  switch (code) {
    case 'LIMIT_FILE_SIZE':
      return tooLargeSentence();
    case 'LIMIT_FILE_COUNT':
    case 'LIMIT_UNEXPECTED_FILE':
      return { key: 'uploads.too-many', params: { count: filesMax } };
    default:
      return { key: 'uploads.broken-form' };
  }
}

const tooLargeSentence = (): Message => ({
  key: 'uploads.too-large',
  params: { megabytes: fileMegabytes.value() },
});

function multerFiles(request: Request): IncomingFile[] {
  return Array.isArray(request.files) ? request.files : [];
}

/** The files of this request, in the order in which they were sent, without those that were too large. */
export function receivedFiles(request: Request): ReceivedFile[] {
  const taken = multerFiles(request).filter(({ tooLarge }) => !tooLarge);
  return taken.map(({ path, originalname, size }) => ({ path, name: originalname, size }));
}

/** What is still in the incoming folder goes; multer takes the path away from what it removed itself. */
async function removeReceived(request: Request): Promise<void> {
  const paths = multerFiles(request).map((file): string | undefined => file.path);
  for (const path of paths) if (path) await rm(path, { force: true }).catch(() => undefined); // else the hourly job takes it
}
