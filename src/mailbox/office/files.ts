import type { Response } from 'express';
import type { Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/language.ts';
import { translate } from '../../platform/language.ts';
import { sendUpload } from '../../platform/uploads/send.ts';
import { findUpload, uploadsOf } from '../../platform/uploads/store.ts';
import { canRead } from '../policy.ts';
import { fileOwner } from '../namedFiles.ts';
import type { Letter } from '../record.ts';

/** The files sent with a letter and its supplements. */
export async function filesOf(letter: Letter, language: Language) {
  const files = await uploadsOf(fileOwner(letter._id));
  return files.map(({ _id, name, size, kind, scan }) => ({
    held: scan === 'waiting' || scan === 'infected' ? translate(language, `uploads.states.${scan}`) : '',
    href: `/office/letters/${letter.number}/files/${_id}`,
    name,
    kilobytes: Math.max(1, Math.round(size / 1024)),
    picture: kind === 'picture',
  }));
}

/** Sends one of them to somebody who may read the letter; 404 otherwise. */
export async function sendFile(actor: Actor, letter: Letter, fileId: string, response: Response): Promise<void> {
  const file = await findUpload(fileId);
  if (!file || file.attachedTo !== fileOwner(letter._id) || !canRead(actor, letter)) throw notFound();
  await sendUpload(response, file);
}
