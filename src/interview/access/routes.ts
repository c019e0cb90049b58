import { Router } from 'express';
import { redirectWith } from '../../web/respond.ts';
import { findInterview } from '../interviewModel.ts';
import { keepText } from './keptText.ts';

/** The way of a visitor to the proof of an address and back, with what they typed. */
export const accessRoutes = Router();

accessRoutes.post('/interviews/:id/verify', async (request, response) => {
  const { _id: id } = await findInterview(String(request.params['id']));
  const text: unknown = (request.body as Record<string, unknown>)['text'];
  if (typeof text === 'string') keepText(response, id, text.trim());
  redirectWith(response, `/sign-in?${new URLSearchParams({ next: `/interviews/${id}#mine` })}`);
});
