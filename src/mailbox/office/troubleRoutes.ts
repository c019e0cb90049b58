import { Router } from 'express';
import { translate } from '../../platform/language.ts';
import { actorOf } from '../../web/actor.ts';
import { redirectWith } from '../../web/respond.ts';
import { listTroubles, tryTroubleAgain } from './troubles.ts';

/** What got stuck, for administrators; below /office/troubles. */
export const troubleRoutes = Router();

troubleRoutes.get('/', async (request, response) => {
  const actor = actorOf(request);
  const { language } = actor;
  const { total, letters, jobs } = await listTroubles(actor);
  response.render('mailbox/staff/troubles', {
    layout: 'office',
    title: translate(language, 'mailbox-office.troubles.title'),
    total,
    letters: letters.map(({ step, ...row }) => ({
      ...row,
      step: translate(language, `mailbox-office.troubles.steps.${step}`),
    })),
    jobs,
  });
});

troubleRoutes.post('/:id/again', async (request, response) => {
  await tryTroubleAgain(actorOf(request), String(request.params.id));
  redirectWith(response, '/office/troubles', { key: 'mailbox-office.troubles.told' });
});
