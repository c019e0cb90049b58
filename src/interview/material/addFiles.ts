import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { attachUploads, findUpload } from '../../platform/uploads/store.ts';
import { id } from '../fields.ts';
import { placeOf } from './addMaterialPicture.ts';
import { changeMaterial, forMaterial } from './changeMaterial.ts';
import { materialOf, type MaterialFile } from './material.ts';
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
  if (materialOf(interview).files.length + files.length > filesMax.value()) {
    throw conflict('interview-material.errors.too-many-files', { count: filesMax.value() });
  }
  await changeMaterial(actor, interview, {
    push: { 'material.files': { $each: files } },
    note: files.map(({ name }) => name).join('、'),
  });
  const ids = files.map((file) => file.id);
  await attachUploads(ids, actor.id, placeOf(interviewId));
}
