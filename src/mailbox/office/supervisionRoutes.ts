import { type Request, type Response, Router } from 'express';
import type { Refusal } from '../../kernel/errors.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { actOnMany } from './bulk.ts';
import { boardModel, resurveyModel } from './supervision.ts';
import { topicsModel } from './topics.ts';
import { sayIn } from './words.ts';

/** /office/supervision: the board, the telephone re-survey, hot topics. */
export const supervisionRoutes = Router();

const page = (request: Request, name: 'board' | 'resurvey' | 'topics') => {
  const say = sayIn(actorOf(request).language);
  const address = { board: '', resurvey: '/resurvey', topics: '/topics', figures: '/figures' };
  return {
    layout: 'office',
    title: say(`${name}.title`),
    tabs: (['board', 'figures', 'resurvey', 'topics'] as const).map((tab) => ({
      href: `/office/supervision${address[tab]}`,
      text: say(`supervision-tabs.${tab}`),
      current: tab === name,
    })),
  };
};

supervisionRoutes.get('/', async (request, response) => {
  response.render('mailbox/staff/board', { ...page(request, 'board'), ...(await boardModel(actorOf(request))) });
});

supervisionRoutes.get('/resurvey', async (request, response) => {
  const model = await resurveyModel(actorOf(request), request.query);
  response.render('mailbox/staff/resurvey', { ...page(request, 'resurvey'), ...model });
});

async function showTopics(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const model = await topicsModel(actorOf(request));
  response.render('mailbox/staff/topics', { ...page(request, 'topics'), ...model, errors: errorsOf(refusal) });
}
supervisionRoutes.get('/topics', (request, response) => showTopics(request, response));
supervisionRoutes.post(
  '/topics',
  formAction(async (request, response) => {
    const { done } = await actOnMany(actorOf(request), { ...request.body, do: 'topic' });
    redirectWith(response, '/office/supervision/topics', { key: 'mailbox-office.told.topic', params: { count: done } });
  }, showTopics),
);
