import { open, readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { invalid } from '../../kernel/errors.ts';
import { contentOf } from '../../platform/uploads/content.ts';
import type { ReceivedFile } from '../../platform/uploads/receive.ts';

/** The largest text a Word file may unpack to, in bytes. */
const largest = 20 * 1024 * 1024;

/** Gives the words of a received .txt (UTF-8 or GB 18030) or .docx file, a line a paragraph; a 422 for anything else. */
export async function textOfFile(file: ReceivedFile, field: string): Promise<string> {
  const content = await contentOf(file.path, file.name);
  if (content?.type === 'text/plain') return decode(await readFile(file.path));
  if (content?.endings.includes('docx')) {
    const xml = await partOf(file.path, 'word/document.xml').catch(() => null);
    if (xml !== null) return wordsOf(xml);
  }
  throw invalid({ [field]: { key: 'interview-record.errors.not-text', params: { name: file.name } } });
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Gives one file of a ZIP archive as text, found by the archive's directory; null when it is not there. */
async function partOf(path: string, name: string): Promise<string | null> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const read = async (at: number, length: number) => (await handle.read(Buffer.alloc(length), 0, length, at)).buffer;
    const tail = await read(Math.max(0, size - 65_557), Math.min(size, 65_557));
    const end = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
    const directory = await read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
    for (let at = 0; at + 46 <= directory.length;) {
      const nameLength = directory.readUInt16LE(at + 28);
      if (directory.toString('utf8', at + 46, at + 46 + nameLength) === name) {
        const local = directory.readUInt32LE(at + 42);
        const head = await read(local, 30);
        const start = local + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
        const packed = await read(start, directory.readUInt32LE(at + 20));
        const bytes =
          directory.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed, { maxOutputLength: largest }) : packed;
        return bytes.toString('utf8');
      }
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return null;
  } finally {
    await handle.close();
  }
}

const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** The words of a Word file's main part: paragraphs and breaks are lines, tabs are blanks. */
function wordsOf(xml: string): string {
  return xml
    .replace(/<w:(?:delText|instrText)[ >][\s\S]*?<\/w:(?:delText|instrText)>/g, '') // deleted words, fields
    .replace(/<w:(?:br|cr)\b[^>]*>|<\/w:p>/g, '\n')
    .replace(/<w:tab\b[^>]*>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|quot|apos|amp));/gi, (_all, decimal, hex, sign) =>
      sign
        ? (signs[sign.toLowerCase()] ?? '')
        : String.fromCodePoint(Math.min(0x10ffff, parseInt(decimal ?? hex, decimal ? 10 : 16))),
    );
}
