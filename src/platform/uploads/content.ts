import type { Looked } from '../documents/content.ts';
import { readApart } from '../documents/readApart.ts';
import { endingOf } from './fileName.ts';

/** What a received file is by its content, whatever it is called. Null: nothing that is taken, or unreadable. */
export const contentOf = (path: string, name: string): Promise<Looked> =>
  readApart('content', { path, ending: endingOf(name) }, { seconds: 10 }).catch(() => null);
