import { createReadStream } from 'node:fs';

/** The ways in which texts are written that people send: by today's programs, and by older Chinese and Windows ones. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** The way that the first bytes of a text tell, by a mark or by the zeros beside plain letters; undefined: they do not. */
function markedEncoding(start: Uint8Array): Encoding | undefined {
  const [first, second, third] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  const zeros = [0, 0];
  const seen = start.subarray(0, 4096);
  seen.forEach((byte, place) => byte === 0 && (zeros[place % 2] = (zeros[place % 2] ?? 0) + 1));
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < seen.length / 40) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Gives how a text is written, looking at all of it: the first Chinese word of a long table may come late. */
async function encodingOf(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let begun = false;
  try {
    for await (const piece of pieces) {
      const marked = begun ? undefined : markedEncoding(piece);
      if (marked) return marked;
      begun = true;
      decoder.decode(piece, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

/** A file as the text it means, without a mark at its beginning; a character cut between two pieces stays whole. */
export async function* decodeFile(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(await encodingOf(createReadStream(path)));
  for await (const piece of createReadStream(path)) yield decoder.decode(piece as Uint8Array, { stream: true });
  yield decoder.decode();
}

/** True for bytes that begin as a text does: no control characters, and characters that there are. */
export function looksLikeText(start: Uint8Array): boolean {
  if (start.length === 0) return false;
  const marked = markedEncoding(start);
  return (marked ? [marked] : (['utf-8', 'gb18030'] as const)).some((encoding) => {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(start, { stream: true });
      return !/[\u0000-\u0008\u000b\u000e-\u001f]/.test(text);
    } catch {
      return false;
    }
  });
}
