import { Router } from 'express';
import { notFound } from '../../kernel/errors.ts';
import { sendUpload } from '../../platform/uploads/send.ts';
import { findUpload } from '../../platform/uploads/store.ts';
import { actorOf } from '../../web/actor.ts';
import { isPublic } from '../interview.ts';
import { findInterview } from '../interviewModel.ts';
import { canSee } from '../policy.ts';
import { materialOf } from './material.ts';

/** Pictures and files of an interview, for whoever may see it. */
export const materialRoutes = Router();

materialRoutes.get('/interviews/:id/material/:file', async (request, response) => {
  const interview = await findInterview(String(request.params['id']));
  if (!canSee(actorOf(request), interview)) throw notFound('interview.errors.not-found');
  const { cover, pictures, files } = materialOf(interview);
  const asked = String(request.params['file']);
  const known = [...pictures, ...files, ...(cover ? [cover] : [])].some(({ id }) => id === asked);
  const upload = known ? await findUpload(asked) : null;
  if (!upload) throw notFound('interview-material.errors.gone');
  await sendUpload(response, upload, { isPublic: isPublic(interview.state), small: request.query['size'] === 'small' });
});
