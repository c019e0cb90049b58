import { Router } from 'express';
import { notFound } from '../../kernel/errors.ts';
import { newChallenge } from '../../moderation/index.ts';
import { actorOf } from '../../web/actor.ts';
import { findInterview } from '../interviewModel.ts';
import { canSee } from '../policy.ts';
import { proofOfRoom } from './pass.ts';

/** Work for a visitor's browser, for one room. */
export const guardRoutes = Router();

guardRoutes.get('/interviews/:id/challenge', async (request, response) => {
  const interview = await findInterview(request.params.id);
  if (!canSee(actorOf(request), interview)) throw notFound('interview.errors.not-found');
  response.set('Cache-Control', 'no-store').json(await newChallenge(proofOfRoom(interview._id)));
});
