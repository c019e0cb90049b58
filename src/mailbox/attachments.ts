import type { Actor } from '../kernel/actor.ts';
import { invalid } from '../kernel/errors.ts';
import type { StoreOptions } from '../platform/uploads/store.ts';
import { attachmentsMax } from './settings.ts';

/** Files of so many letters may lie here unsent: people write two letters at once, or begin anew on a shared device. */
const unsentLetters = 4;

/** How files that come with a letter or a supplement are stored. */
export const filesOf = ({ id: ownerId }: Actor): StoreOptions => ({
  field: 'files',
  ownerId,
  kinds: ['picture', 'document'],
  waitingMost: attachmentsMax.value() * unsentLetters,
});

/** Refuses more files than one letter may have. */
export function refuseTooMany(files: number): void {
  const count = attachmentsMax.value();
  if (files > count) throw invalid({ files: { key: 'mailbox.errors.too-many-files', params: { count } } });
}
