import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../public/', import.meta.url));
const known = new Map<string, { changed: number; address: string }>();

/** Takes a file below public/; gives its address with a mark of its content, so that it may be cached for ever. */
export function assetAddress(name: string): string {
  const changed = statSync(folder + name, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return `/${name}`;
  const earlier = known.get(name);
  if (earlier?.changed === changed) return earlier.address;
  const mark = createHash('sha256')
    .update(readFileSync(folder + name))
    .digest('hex')
    .slice(0, 10);
  const address = `/${name}?v=${mark}`;
  known.set(name, { changed, address });
  return address;
}
