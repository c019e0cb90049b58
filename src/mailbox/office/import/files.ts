import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { config } from '../../../config.ts';
import { now } from '../../../kernel/time.ts';

const folder = (): string => join(config.dataFolder, 'imports');

/** Where the rows of a run lie until the run is done. */
export const rowsPath = (runId: string): string => join(folder(), `${runId}.rows`);
export const rowsFolder = folder;

/** The rows are letters: they do not lie about when nothing needs them any more. */
export const removeRows = (runId: string): Promise<void> => rm(rowsPath(runId), { force: true });

/** Removes rows that nobody went on with for two days. */
export async function removeOldRows(): Promise<void> {
  const oldest = now().getTime() - 2 * 86_400_000;
  for (const name of await readdir(folder()).catch(() => [])) {
    const path = join(folder(), name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtimeMs < oldest) await rm(path, { force: true });
  }
}
