import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { removeUpload } from '../../platform/uploads/store.ts';
import { id } from '../fields.ts';
import { altText } from './addMaterialPicture.ts';
import { changeMaterial, forMaterial } from './changeMaterial.ts';
import { materialOf } from './material.ts';

const which = z.object({ interviewId: id, thing: id });

/** An organiser takes a picture or a file away, for good. */
export async function removeMaterial(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, thing } = parse(which, input);
  const interview = await forMaterial(actor, interviewId);
  const { cover, pictures, files } = materialOf(interview);
  const file = files.find((one) => one.id === thing);
  const picture = pictures.find((one) => one.id === thing);
  if (cover?.id === thing) {
    const only = { 'material.cover.id': thing };
    await changeMaterial(actor, interview, { set: { 'material.cover': null }, only, note: cover.alt });
    await removeUpload(thing);
  } else if (picture) {
    await changeMaterial(actor, interview, { pull: { 'material.pictures': { id: thing } }, note: picture.alt });
    await removeUpload(thing);
  } else if (file) {
    await changeMaterial(actor, interview, { pull: { 'material.files': { id: thing } }, note: file.name });
    await removeUpload(thing);
  } else throw notFound('interview-material.errors.gone');
}

const words = which.extend({ alt: altText });

/** An organiser says anew what a picture shows. */
export async function describePicture(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, thing, alt } = parse(words, input);
  const interview = await forMaterial(actor, interviewId);
  const { cover, pictures } = materialOf(interview);
  const isCover = cover?.id === thing;
  const index = pictures.findIndex((one) => one.id === thing);
  if (!isCover && index < 0) throw notFound('interview-material.errors.gone');
  const place = isCover ? 'material.cover' : `material.pictures.${index}`;
  await changeMaterial(actor, interview, {
    set: { [`${place}.alt`]: alt },
    only: { [`${place}.id`]: thing },
    note: alt,
  });
}
