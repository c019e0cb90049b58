import { join } from 'node:path';
import { config } from '../../config.ts';

let base = join(config.dataFolder, 'uploads');

/** For tests: keeps files elsewhere. */
export function useUploadsFolder(folder: string): void {
  base = folder;
}

/** Where files lie until they are checked. On the same disk as the others, so that they can be moved. */
export const incomingFolder = (): string => join(base, 'incoming');

/** Where the content with this SHA-256 lies. */
export const storedPath = (hash: string): string => join(base, hash.slice(0, 2), hash);
