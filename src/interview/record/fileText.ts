import { invalid } from '../../kernel/errors.ts';
import { decodeFile } from '../../platform/documents/encoding.ts';
import { readApart } from '../../platform/documents/readApart.ts';
import { contentOf } from '../../platform/uploads/content.ts';
import type { ReceivedFile } from '../../platform/uploads/receive.ts';

/** Gives the words of a received .txt (in whatever encoding) or .docx file, a line a paragraph; a 422 for anything else. */
export async function textOfFile(file: ReceivedFile, field: string): Promise<string> {
  const content = await contentOf(file.path, file.name);
  const words = content && 'type' in content ? await wordsOf(file, content.endings) : null;
  if (words !== null) return words;
  throw invalid({ [field]: { key: 'interview-record.errors.not-text', params: { name: file.name } } });
}

async function wordsOf({ path }: ReceivedFile, endings: readonly string[]): Promise<string | null> {
  if (endings.includes('docx')) return readApart('words', { path }).catch(() => null);
  if (!endings.includes('txt')) return null;
  let text = '';
  for await (const piece of decodeFile(path)) text += piece;
  return text;
}
