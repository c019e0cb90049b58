import { readFile } from 'node:fs/promises';
import { unzipSync, zipSync } from 'fflate';

/** The most that the parts of an archive may fill together when they are unpacked. */
const unpackedMost = 100 * 1024 * 1024;

/** Unpacks the parts of a ZIP archive that are wanted; throws when they are damaged or would fill too much. */
async function partsOf(path: string, wanted: RegExp): Promise<Record<string, Uint8Array>> {
  let unpacked = 0;
  return unzipSync(await readFile(path), {
    filter: ({ name, originalSize }) => {
      if (!wanted.test(name)) return false;
      unpacked += originalSize;
      if (unpacked > unpackedMost) throw new Error('too much when unpacked');
      return true;
    },
  });
}

/**
 * Packs the wanted parts of an archive anew, as they are after `change`. What a library gets to read then has honest
 * sizes and nothing in it that was not asked for.
 */
export async function repacked(
  path: string,
  wanted: RegExp,
  change: (name: string, part: Uint8Array) => Uint8Array = (_name, part) => part,
): Promise<Buffer> {
  const parts = Object.entries(await partsOf(path, wanted)).map(([name, part]) => [name, change(name, part)]);
  return Buffer.from(zipSync(Object.fromEntries(parts), { level: 0 }));
}
