import { Router, type Request, type Response } from 'express';
import { notFound } from '../../kernel/errors.ts';
import { sendUpload } from '../../platform/uploads/send.ts';
import { findUpload } from '../../platform/uploads/store.ts';
import { actorOf } from '../../web/actor.ts';
import { findInterview } from '../interviewModel.ts';
import { canBeAtDesk, canSee } from '../policy.ts';
import { findTurn } from '../turnModel.ts';
import { pictureOwner } from './pictures.ts';

/** Pictures of the record: for everyone once they are out, before that and after their removal for the desks. */
export const pictureRoutes = Router();

async function sendPicture(request: Request, response: Response, small: boolean): Promise<void> {
  const actor = actorOf(request);
  const interview = await findInterview(String(request.params['id']));
  const turn = await findTurn(interview._id, String(request.params['turn']));
  const isOut = !turn.waiting && !turn.removedAt;
  if (!(isOut ? canSee(actor, interview) : canBeAtDesk(actor, interview))) throw notFound();
  const upload = turn.picture ? await findUpload(turn.picture.uploadId) : null;
  if (!upload || upload.attachedTo !== pictureOwner(turn._id)) throw notFound();
  await sendUpload(response, upload, { small, isPublic: isOut && interview.state === 'archived' });
}

pictureRoutes.get('/interviews/:id/pictures/:turn', (request, response) => sendPicture(request, response, false));
pictureRoutes.get('/interviews/:id/pictures/:turn/small', (request, response) => sendPicture(request, response, true));
