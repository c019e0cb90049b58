import { open, readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { looksLikeText } from './encoding.ts';

/** What a file is by its content, whatever it is called. */
export interface Content {
  kind: 'picture' | 'document';
  type: string;
  /** Endings a file with this content may have. */
  endings: readonly string[];
}
/** A kind that is not taken, but known well enough to say what it is and what helps. */
export type KnownForeign = 'heic' | 'old-office' | 'archive' | 'video' | 'audio';
export type Looked = Content | { foreign: KnownForeign } | null;

const pictureEndings = ['jpg', 'jpeg', 'png', 'apng', 'webp', 'gif', 'avif'];
/** Of an animated picture the first frame is taken. */
const pictures = ['image/jpeg', 'image/png', 'image/apng', 'image/webp', 'image/gif', 'image/avif'];
const office = 'application/vnd.openxmlformats-officedocument';
const documents: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  [`${office}.wordprocessingml.document`]: 'docx',
  [`${office}.spreadsheetml.sheet`]: 'xlsx',
};
const foreign: readonly [RegExp, KnownForeign][] = [
  [/^image\/hei[cf]/, 'heic'],
  [/^application\/x-cfb$/, 'old-office'],
  [/^application\/(?:zip|x-rar-compressed|x-7z-compressed|gzip|x-tar)$/, 'archive'],
  [/^video\//, 'video'],
  [/^audio\//, 'audio'],
];

const archiveEndings = ['zip', 'rar', '7z', 'gz', 'tar'];

/** Looks into a file. Pictures may bear any picture's ending (telephones mix them up), all others only their own. */
export async function lookInto({ path, ending }: { path: string; ending: string }): Promise<Looked> {
  const found = await fileTypeFromFile(path);
  if (!found) return (await isText(path)) ? { kind: 'document', type: 'text/plain', endings: ['txt'] } : null;
  const { mime } = found;
  if (pictures.includes(mime)) return { kind: 'picture', type: mime, endings: pictureEndings };
  // OFD 版式文件 (GB/T 33190) is a zip archive with OFD.xml at its root
  if (mime === 'application/zip' && ending === 'ofd' && (await holdsOfd(path))) {
    return { kind: 'document', type: 'application/ofd', endings: ['ofd'] };
  }
  const own = documents[mime];
  if (own) return { kind: 'document', type: mime, endings: [own] };
  const known = foreign.find(([pattern]) => pattern.test(mime));
  if (known?.[1] === 'archive' && !archiveEndings.includes(ending)) return null;
  return known ? { foreign: known[1] } : null;
}

async function holdsOfd(path: string): Promise<boolean> {
  return (await readFile(path)).includes('OFD.xml');
}

const sampleBytes = 64 * 1024;

async function isText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return looksLikeText(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
