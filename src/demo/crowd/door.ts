import { Router } from 'express';
import { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { findInterview } from '../../interview/interviewModel.ts';
import { cookieOf } from '../../web/device.ts';
import { demoCitizen } from '../people.ts';
import { isFromHere, newPass } from './pass.ts';

/** More people than this no machine of one person simulates beside the city itself. */
const mostPeople = 20_000;
const wish = z.object({ people: z.coerce.number().int().min(1).max(mostPeople), room: z.string().max(40).optional() });

/** What a crowd is given before it comes: the room, a pass, and for each of its people the cookie of their device. */
export interface Invitation {
  /** `live`: the one in which the demo's own audience asks. */
  room: { id: string; topic: string; live: boolean };
  pass: string;
  cookies: string[];
}

/** Where a crowd that runs on this machine asks to come in; for everybody else it is not there. */
export function crowdDoor(liveNow: () => string | undefined): Router {
  const router = Router();
  router.get('/demo/crowd', async (request, response) => {
    if (!isFromHere(request)) throw notFound();
    const { people, room } = parse(wish, request.query);
    const { _id: id, topic } = await findInterview(room ?? liveNow() ?? '');
    const cookies = Array.from({ length: people }, (_, index) => {
      const { nickname } = demoCitizen(index);
      return cookieOf({ id: `democrowd${String(index).padStart(6, '0')}`, nickname });
    });
    const invitation: Invitation = { room: { id, topic, live: id === liveNow() }, pass: newPass(), cookies };
    response.set('Cache-Control', 'no-store').json(invitation);
  });
  return router;
}
