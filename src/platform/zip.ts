import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive; its content is read once, piece by piece. */
export interface ZipFile {
  name: string;
  content: Iterable<string> | AsyncIterable<string>;
}
interface Packed {
  name: Buffer;
  sum: number;
  packed: number;
  size: number;
  offset: number;
}

/** Sizes follow their file (bit 3), names are UTF-8 (bit 11), packed by deflate, version 2.0 of the format. */
const common = [20, 0x0808, 8, 0, 0x21] as const; // the last two: midnight of the first of January 1980, always the same

/** Packs files into a ZIP while they are written, so that only a piece of them is in memory. Below four gigabytes. */
export async function* zipOf(files: Iterable<ZipFile>): AsyncGenerator<Buffer> {
  const done: Packed[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const entry: Packed = { name: Buffer.from(name), sum: 0, packed: 0, size: 0, offset };
    const head = Buffer.concat([header(0x04034b50, common, { ...entry, sizes: false }), entry.name]);
    yield head;
    yield* deflated(content, entry);
    const tail = Buffer.alloc(16);
    for (const [place, value] of [0x08074b50, entry.sum, entry.packed, entry.size].entries())
      tail.writeUInt32LE(value, place * 4);
    yield tail;
    offset += head.length + entry.packed + tail.length;
    done.push(entry);
  }
  yield directoryOf(done, offset);
}

async function* deflated(content: ZipFile['content'], entry: Packed): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: 6 });
  const feed = async () => {
    for await (const piece of content) {
      const bytes = Buffer.from(piece);
      entry.sum = crc32(bytes, entry.sum);
      entry.size += bytes.length;
      if (!deflate.write(bytes)) await once(deflate, 'drain', { signal: ended.signal });
      if (ended.signal.aborted) return;
    }
    deflate.end();
  };
  const ended = new AbortController();
  const feeding = feed().catch((error: unknown) => deflate.destroy(error as Error));
  try {
    for await (const piece of deflate as AsyncIterable<Buffer>) {
      entry.packed += piece.length;
      yield piece;
    }
  } finally {
    ended.abort(); // whoever reads has gone away: what feeds ends, too
    await feeding;
  }
}

/** The fields that a file's own header and its line in the directory share. */
function header(
  mark: number,
  fields: readonly number[],
  { name, sum, packed, size, sizes }: Packed & { sizes: boolean },
) {
  const bytes = Buffer.alloc(4 + fields.length * 2 + 16);
  bytes.writeUInt32LE(mark, 0);
  for (const [place, field] of fields.entries()) bytes.writeUInt16LE(field, 4 + place * 2);
  const behind = 4 + fields.length * 2;
  for (const [place, value] of [sum, packed, size].entries())
    bytes.writeUInt32LE(sizes ? value : 0, behind + place * 4);
  bytes.writeUInt16LE(name.length, behind + 12);
  return bytes;
}

function directoryOf(files: readonly Packed[], offset: number): Buffer {
  const lines = files.map((file) => {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(file.offset, 10);
    return Buffer.concat([header(0x02014b50, [20, ...common], { ...file, sizes: true }), rest, file.name]);
  });
  const directory = Buffer.concat(lines);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([directory, end]);
}
