import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { attachUploads, findUpload, removeUpload } from '../../platform/uploads/store.ts';
import { id } from '../fields.ts';
import { changeMaterial, forMaterial } from './changeMaterial.ts';
import { materialOf, type Picture } from './material.ts';
import { picturesMax } from './settings.ts';

export const altText = typedText({ min: 2, max: 120, line: true });
const schema = z.object({ interviewId: id, uploadId: id, alt: altText, as: z.enum(['cover', 'picture']) });

/** What files of an interview are attached to. */
export const placeOf = (interviewId: string) => `interview:${interviewId}`;

/**
 * An organiser adds a picture that was sent before, as the cover 封面 or among the others 配图; `alt` says what is to be
 * seen. A new cover takes the place of the old one.
 */
export async function addMaterialPicture(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, uploadId, alt, as } = parse(schema, input);
  const interview = await forMaterial(actor, interviewId);
  const upload = await findUpload(uploadId);
  if (upload?.kind !== 'picture' || upload.ownerId !== actor.id || upload.attachedTo) throw notFound();
  const { cover, pictures } = materialOf(interview);
  if (as === 'picture' && pictures.length >= picturesMax.value()) {
    throw conflict('interview-material.errors.too-many-pictures', { count: picturesMax.value() });
  }
  const picture: Picture = {
    id: upload._id,
    alt,
    width: upload.width ?? 0,
    height: upload.height ?? 0,
  };
  await changeMaterial(actor, interview, {
    ...(as === 'cover' ? { set: { 'material.cover': picture } } : { push: { 'material.pictures': picture } }),
    note: upload.name,
  });
  await attachUploads([upload._id], actor.id, placeOf(interviewId));
  if (as === 'cover' && cover) await removeUpload(cover.id);
}
