import { Router } from 'express';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { lettersPage, publicPage } from './publicView.ts';
import { publicLetter } from './publicQueries.ts';

/** Public letters 公开信件. */
export const publicRoutes = Router();

publicRoutes.get('/letters', async (request, response) => {
  const { language } = actorOf(request);
  response.render('mailbox/index', {
    title: translate(language, 'mailbox.list.title'),
    ...(await lettersPage(language, request.query)),
  });
});

publicRoutes.get('/letters/:number', async (request, response) => {
  const { language } = actorOf(request);
  const letter = await publicLetter(request.params.number);
  response.render('mailbox/show', { title: letter.title, ...(await publicPage(language, letter)) });
});
