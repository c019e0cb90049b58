import { Router } from 'express';
import { newChallenge } from '../../moderation/index.ts';
import { findInterview } from '../interviewModel.ts';
import { proofOfRoom } from './pass.ts';

/** Work for a visitor's browser, for one room. */
export const guardRoutes = Router();

guardRoutes.get('/interviews/:id/challenge', async (request, response) => {
  const { _id } = await findInterview(request.params.id);
  response.set('Cache-Control', 'no-store').json(await newChallenge(proofOfRoom(_id)));
});
