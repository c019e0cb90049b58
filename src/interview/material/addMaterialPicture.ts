import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { attachUploads, findUpload, removeUpload } from '../../platform/uploads/store.ts';
import { id } from '../fields.ts';
import { addMaterial, changeMaterial, forMaterial } from './changeMaterial.ts';
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
  const { cover } = materialOf(interview);
  const picture: Picture = {
    id: upload._id,
    alt,
    width: upload.width ?? 0,
    height: upload.height ?? 0,
  };
  const note = upload.name;
  if (as === 'cover') await changeMaterial(actor, interview, { set: { 'material.cover': picture }, note });
  else await addMaterial(actor, interview, { list: 'pictures', items: [picture], most: picturesMax.value(), note });
  await attachUploads([upload._id], actor.id, placeOf(interviewId));
  if (as === 'cover' && cover) await removeUpload(cover.id);
}
