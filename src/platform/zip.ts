import { strToU8, Zip, ZipDeflate } from 'fflate';

/** A file of an archive; its content is read once, piece by piece. */
export interface ZipFile {
  name: string;
  content: Iterable<string> | AsyncIterable<string>;
}

/** Always the same, so that the same rows give the same bytes; ZIP knows no moment before 1980. */
const mtime = new Date(1980, 0, 2);

/** Packs files into a ZIP while they are written, so that only a piece of them is in memory. */
export async function* zipOf(files: Iterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    packed.push(bytes);
  });
  const take = () => packed.splice(0);
  for (const { name, content } of files) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = mtime;
    zip.add(file);
    for await (const piece of content) {
      file.push(strToU8(piece));
      yield* take();
    }
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* take();
}
