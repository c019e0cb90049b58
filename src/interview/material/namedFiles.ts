import type { NamedFiles } from '../../platform/uploads/jobs.ts';
import { InterviewModel, type Interview } from '../interviewModel.ts';
import { placeOf } from './addMaterialPicture.ts';
import { materialOf } from './material.ts';

/** The pictures and files that interviews show beside their words. */
export const filesOfMaterial: NamedFiles = async (ids) => {
  const wanted = new Set(ids);
  const inList = { $in: [...ids] };
  const lists = ['material.cover.id', 'material.pictures.id', 'material.files.id'];
  const interviews = await InterviewModel.find(
    { $or: lists.map((list) => ({ [list]: inList })) },
    { material: 1 },
  ).lean<Pick<Interview, '_id' | 'material'>[]>();
  return new Map(
    interviews.flatMap(({ _id, material }) => {
      const { cover, pictures, files } = materialOf({ material });
      const named = [...(cover ? [cover] : []), ...pictures, ...files].map(({ id }) => id);
      return named.filter((id) => wanted.has(id)).map((id): [string, string] => [id, placeOf(_id)]);
    }),
  );
};
