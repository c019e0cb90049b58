import { join } from 'node:path';
import { config } from '../../config.ts';

/** Where files lie until they are checked. On the same disk as the others, so that they can be moved. */
export const incomingFolder = (): string => join(config.dataFolder, 'uploads', 'incoming');

/** Where the content with this SHA-256 lies. */
export const storedPath = (hash: string): string => join(config.dataFolder, 'uploads', hash.slice(0, 2), hash);
