import { copyUpload } from '../../platform/uploads/store.ts';
import { InterviewModel, type Interview } from '../interviewModel.ts';
import { placeOf } from './addMaterialPicture.ts';
import { materialOf, type Material, type Picture } from './material.ts';

/** Gives a new interview the pictures and files of an earlier one; each keeps its own from then on. */
export async function copyMaterial(earlier: Interview, interviewId: string, ownerId: string): Promise<void> {
  const { cover, pictures, files } = materialOf(earlier);
  const copied = async (uploadId: string) => (await copyUpload(uploadId, ownerId, placeOf(interviewId)))?._id ?? null;
  const picture = async (one: Picture): Promise<Picture[]> => {
    const copy = await copied(one.id);
    return copy ? [{ ...one, id: copy }] : [];
  };
  const material: Material = { cover: null, pictures: [], files: [] };
  if (cover) material.cover = (await picture(cover))[0] ?? null;
  for (const one of pictures) material.pictures.push(...(await picture(one)));
  for (const one of files) {
    const copy = await copied(one.id);
    if (copy) material.files.push({ ...one, id: copy });
  }
  await InterviewModel.updateOne({ _id: interviewId }, { $set: { material } });
}
