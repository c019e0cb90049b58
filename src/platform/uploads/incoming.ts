import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StorageEngine } from 'multer';
import { incomingFolder } from './folders.ts';

/** A file as it came in. Too large: it was read to its end so that what follows it arrives, and kept nowhere. */
export interface IncomingFile extends Express.Multer.File {
  tooLarge?: boolean;
}

/** Writes files into the incoming folder, none of more than so many bytes. */
export const incomingFiles = (largest: number): StorageEngine => ({
  _handleFile(_request, file, done) {
    receive(file, largest).then(
      (received) => done(null, received),
      (error: Error) => done(error),
    );
  },
  _removeFile(_request, file, done) {
    rm(file.path, { force: true }).then(() => done(null), done);
  },
});

async function receive(file: Express.Multer.File, largest: number): Promise<Partial<IncomingFile>> {
  const folder = incomingFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  let size = 0;
  const upToLimit = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      size += chunk.length;
      next(null, size > largest ? undefined : chunk);
    },
  });
  await pipeline(file.stream, upToLimit, createWriteStream(path, { mode: 0o600 }));
  if (size > largest) await rm(path, { force: true });
  return { path, size, tooLarge: size > largest };
}
