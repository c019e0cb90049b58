import type { Response } from 'express';
import { conflict, notFound } from '../../kernel/errors.ts';
import { storedPath } from './folders.ts';
import { scanning, waitForScan } from './scan.ts';
import { hasSmall, smallPath } from './thumbnail.ts';
import type { Upload } from './uploadModel.ts';

/**
 * Sends a stored file; whether this person may have it is decided before. Pictures are shown, everything else is only
 * ever saved. Whatever it is, it can run nothing in our name. `small` sends a picture's small copy where there is one.
 */
export async function sendUpload(
  response: Response,
  upload: Upload,
  { isPublic = false, small = false }: { isPublic?: boolean; small?: boolean } = {},
): Promise<void> {
  const { name, hash, kind } = upload;
  await refuseUnscanned(upload);
  const reduced = small && kind === 'picture' && (await hasSmall(upload));
  const type = reduced ? 'image/webp' : upload.type;
  response.attachment(name); // writes the name twice, plain and UTF-8 (RFC 6266)
  if (kind === 'picture') {
    const written = String(response.getHeader('Content-Disposition'));
    response.set('Content-Disposition', written.replace(/^attachment/, 'inline'));
  }
  response.set({
    'Content-Type': type,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': `${isPublic ? 'public' : 'private'}, max-age=${isPublic ? 31_536_000 : 600}, immutable`,
    ETag: reduced ? `"${hash}-small"` : `"${hash}"`,
  });
  const options = { etag: false, lastModified: false, cacheControl: false, dotfiles: 'allow' as const };
  await new Promise<void>((resolve, reject) => {
    response.sendFile(reduced ? smallPath(hash) : storedPath(hash), options, (error?: NodeJS.ErrnoException) => {
      if (!error || response.headersSent) return resolve();
      response.removeHeader('Content-Disposition');
      reject(error.code === 'ENOENT' ? notFound() : error);
    });
  });
}

/** Where there is a scanner, nobody gets what it has not seen. */
async function refuseUnscanned(upload: Upload): Promise<void> {
  if (upload.scan === 'infected') throw notFound('uploads.removed', { name: upload.name });
  if (upload.scan === undefined && scanning()) await waitForScan(upload);
  if (upload.scan === 'waiting' || (upload.scan === undefined && scanning())) {
    throw conflict('uploads.waiting', { name: upload.name });
  }
}
