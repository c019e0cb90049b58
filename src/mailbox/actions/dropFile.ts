import { workingCalendar } from '../../calendar/index.ts';
import { systemActor } from '../../kernel/actor.ts';
import type { Upload } from '../../platform/uploads/uploadModel.ts';
import { letterById, moveLetter } from '../letterModel.ts';
import { tellWriter } from '../notices.ts';

/** 清除带毒附件: a file of a letter was removed because of a virus; stands on the trail, and the writer is told. */
export async function dropFile(upload: Pick<Upload, '_id' | 'name' | 'attachedTo'>): Promise<void> {
  const letterId = /^letter:(.+)$/.exec(upload.attachedTo ?? '')?.[1];
  const letter = letterId ? await letterById(letterId) : undefined;
  if (!letter || letter.trail.some(({ data }) => data?.['fileId'] === upload._id)) return;
  const { _id: fileId, name } = upload;
  const notice = tellWriter(letter, 'file-removed', await workingCalendar(), { name });
  await moveLetter(systemActor('scanner'), letter, 'drop-file', { data: { fileId, name }, tell: [notice] });
}
