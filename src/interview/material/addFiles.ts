import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { attachUploads, findUpload } from '../../platform/uploads/store.ts';
import { id } from '../fields.ts';
import { placeOf } from './addMaterialPicture.ts';
import { addMaterial, forMaterial } from './changeMaterial.ts';
import { type MaterialFile } from './material.ts';
import { filesMax } from './settings.ts';

const schema = z.object({ interviewId: id, uploadIds: z.array(id).max(100) });

/** An organiser adds files that were sent before 附件; people download them. */
export async function addFiles(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, uploadIds } = parse(schema, input);
  const interview = await forMaterial(actor, interviewId);
  const found = await Promise.all(uploadIds.map((uploadId) => findUpload(uploadId)));
  const files = found
    .filter((upload) => upload !== null && upload.ownerId === actor.id && !upload.attachedTo)
    .map((upload): MaterialFile => {
      const { _id, name, type, size } = upload as NonNullable<typeof upload>;
      return { id: _id, name, type, size };
    });
  if (files.length === 0) throw invalid({ files: { key: 'interview-material.errors.no-file' } });
  const note = files.map(({ name }) => name).join('、');
  await addMaterial(actor, interview, { list: 'files', items: files, most: filesMax.value(), note });
  const ids = files.map((file) => file.id);
  await attachUploads(ids, actor.id, placeOf(interviewId));
}
