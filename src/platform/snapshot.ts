import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type Tables = Record<string, Numbers>;
const makers = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float64Array };
const mark = 0x575a5331; // "WZS1"

interface Head {
  meta: unknown;
  tables: { name: string; type: keyof typeof makers; length: number; sum: number }[];
}

const bytesOf = (table: Numbers) => new Uint8Array(table.buffer, table.byteOffset, table.byteLength);

/**
 * Keeps large tables of numbers in one file beside what describes them, so that a picture in memory need not be made
 * anew. Takes a path, anything JSON can say, and the tables by name. A file that a crash cut off is known by its sums.
 */
export function writeSnapshot(path: string, meta: unknown, tables: Tables): void {
  const entries = Object.entries(tables);
  const head: Head = {
    meta,
    tables: entries.map(([name, table]) => ({
      name,
      type: table.constructor.name as keyof typeof makers,
      length: table.length,
      sum: crc32(bytesOf(table)),
    })),
  };
  const text = Buffer.from(JSON.stringify(head));
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  const file = openSync(temporary, 'w');
  try {
    writeAll(file, new Uint8Array(Uint32Array.of(mark, text.length, crc32(text)).buffer));
    writeAll(file, text);
    for (const [, table] of entries) writeAll(file, bytesOf(table));
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done);
}

/** What writeSnapshot() kept there; undefined when there is nothing, or it is not whole. */
export function readSnapshot(path: string): { meta: unknown; tables: Tables } | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const [found, length = 0, sum] = new Uint32Array(readAll(file, 12).buffer);
    if (found !== mark || length > 1e9) return undefined;
    const text = readAll(file, length);
    if (crc32(text) !== sum) return undefined;
    const head = JSON.parse(Buffer.from(text).toString()) as Head;
    const tables: Tables = {};
    for (const { name, type, length: count, sum: wanted } of head.tables) {
      const bytes = readAll(file, count * makers[type].BYTES_PER_ELEMENT);
      if (crc32(bytes) !== wanted) return undefined;
      tables[name] = new makers[type](bytes.buffer);
    }
    return { meta: head.meta, tables };
  } catch (error) {
    if (error instanceof ShortFile || error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    closeSync(file);
  }
}

class ShortFile extends Error {}

function readAll(file: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const read = readSync(file, bytes, done, length - done, null);
    if (read === 0) throw new ShortFile();
    done += read;
  }
  return bytes;
}
