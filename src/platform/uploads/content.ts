import { open, readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { endingOf } from './fileName.ts';

/** What a file is by its content, whatever it is called. Null: nothing that is taken. */
export interface Content {
  kind: 'picture' | 'document';
  type: string;
  /** Endings a file with this content may have. */
  endings: readonly string[];
}

const pictureEndings = ['jpg', 'jpeg', 'png', 'webp', 'gif'];
const pictures = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
const office = 'application/vnd.openxmlformats-officedocument';
const documents: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  [`${office}.wordprocessingml.document`]: 'docx',
  [`${office}.spreadsheetml.sheet`]: 'xlsx',
};

/** Looks into a file. Pictures may bear any picture's ending (telephones mix them up), all others only their own. */
export async function contentOf(path: string, name: string): Promise<Content | null> {
  const found = await fileTypeFromFile(path);
  if (!found) return (await isText(path)) ? { kind: 'document', type: 'text/plain', endings: ['txt'] } : null;
  if (pictures.includes(found.mime)) return { kind: 'picture', type: found.mime, endings: pictureEndings };
  // OFD 版式文件 (GB/T 33190) is a zip archive with OFD.xml at its root
  if (found.mime === 'application/zip' && endingOf(name) === 'ofd' && (await holdsOfd(path))) {
    return { kind: 'document', type: 'application/ofd', endings: ['ofd'] };
  }
  const ending = documents[found.mime];
  return ending ? { kind: 'document', type: found.mime, endings: [ending] } : null;
}

async function holdsOfd(path: string): Promise<boolean> {
  return (await readFile(path)).includes('OFD.xml');
}

const sampleBytes = 64 * 1024;

/** Text has no control characters but tabs and line ends, and is UTF-8 or, from older machines, GB 18030. */
async function isText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    const sample = buffer.subarray(0, bytesRead);
    if (bytesRead === 0 || sample.some((byte) => byte < 32 && ![9, 10, 12, 13].includes(byte))) return false;
    return ['utf-8', 'gb18030'].some((encoding) => decodes(sample, encoding));
  } finally {
    await file.close();
  }
}

function decodes(sample: Buffer, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}
