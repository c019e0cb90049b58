import type { Request } from 'express';
import type { Actor } from '../kernel/actor.ts';
import { invalid, type Message, Refusal } from '../kernel/errors.ts';
import { fileMegabytesMax, receivedFiles } from '../platform/uploads/receive.ts';
import { findUpload, removeWaiting, storeFiles } from '../platform/uploads/store.ts';
import { filesOf, refuseTooMany } from './attachments.ts';
import { attachmentsMax } from './settings.ts';

/** Endings of what a letter may bring; the content decides in the end. */
const taken = '.jpg,.jpeg,.png,.webp,.gif,.pdf,.docx,.xlsx,.ofd,.txt';

/** Identifiers of files that a form carries along. */
export function fileIds(typed: Readonly<Record<string, unknown>>): string[] {
  const given = typed['attachments'];
  const ids = Array.isArray(given) ? given : given === undefined ? [] : [given];
  return ids.filter((id): id is string => typeof id === 'string' && id.length < 40).slice(0, 20);
}

/**
 * Stores the files of a form before the rest of it is looked at, each by itself: a mistake elsewhere, or one bad file,
 * costs none of the others. Whatever came stands in `request.body.attachments` afterwards, and the first fault is told.
 */
export async function keepFiles(request: Request, actor: Actor, fault?: Refusal): Promise<void> {
  const body = request.body as Record<string, unknown>;
  const removed = fileIds({ attachments: body['remove'] });
  const kept = fileIds(body).filter((id) => !removed.includes(id));
  await removeWaiting(removed, actor.id);
  body['attachments'] = kept;
  const received = receivedFiles(request).filter(({ size, name }) => size > 0 || name !== '');
  refuseTooMany(kept.length + received.length);
  const faults: Message[] = fault ? Object.values(fault.fields) : [];
  for (const file of received) {
    try {
      const [stored] = await storeFiles([file], filesOf(actor));
      if (stored) kept.push(stored._id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      faults.push(...Object.values(error.fields));
    }
  }
  if (faults[0]) throw invalid({ files: faults[0] });
}

/** What the field for files prints: what may be chosen, and what came already. Only the sender's own unsent files. */
export async function filesField(actor: Actor, typed: Readonly<Record<string, unknown>>) {
  const uploads = await Promise.all(fileIds(typed).map((id) => findUpload(id)));
  return {
    accept: taken,
    most: attachmentsMax.value(),
    megabytes: fileMegabytesMax(),
    came: uploads.flatMap((upload) =>
      upload && upload.ownerId === actor.id && !upload.attachedTo
        ? [{ id: upload._id, name: upload.name, kilobytes: Math.max(1, Math.round(upload.size / 1024)) }]
        : [],
    ),
  };
}
