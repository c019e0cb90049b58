import { type Request, type Response, Router } from 'express';
import type { Refusal } from '../../kernel/errors.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { drawResurveySample } from '../actions/drawResurveySample.ts';
import { actOnMany } from './bulk.ts';
import { moveChosenDeadlines, movedDaysModel } from './movedDays.ts';
import { stageLetters, stagesModel } from './stages.ts';
import { sampleModel, samplePath, samplesModel } from './resurvey.ts';
import { boardModel } from './supervision.ts';
import { supervisionTabs } from './supervisionTabs.ts';
import { topicRoutes } from './topicRoutes.ts';
import { topicsModel } from './topics.ts';
import { sayIn } from './words.ts';

/** /office/supervision: the board, the stages, the telephone re-survey, hot topics. */
export const supervisionRoutes = Router();

const page = (request: Request, name: 'board' | 'stages' | 'resurvey' | 'topics') => {
  const actor = actorOf(request);
  return {
    layout: 'office',
    title: sayIn(actor.language)(`${name === 'stages' ? 'stages-page' : name}.title`),
    tabs: supervisionTabs(actor, name),
  };
};

supervisionRoutes.get('/', async (request, response) => {
  response.render('mailbox/staff/board', { ...page(request, 'board'), ...(await boardModel(actorOf(request))) });
});

supervisionRoutes.get('/stages', async (request, response) => {
  const model = await stagesModel(actorOf(request), request.query);
  response.render('mailbox/staff/stages', { ...page(request, 'stages'), ...model });
});

supervisionRoutes.get('/stages/letters', async (request, response) => {
  const model = await stageLetters(actorOf(request), request.query);
  response.render('mailbox/staff/behind', { ...page(request, 'stages'), ...model });
});

async function showSamples(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const model = await samplesModel(actorOf(request), refusal ? typedIn(request) : {});
  response.render('mailbox/staff/resurvey', { ...page(request, 'resurvey'), ...model, errors: errorsOf(refusal) });
}
supervisionRoutes.get('/resurvey', (request, response) => showSamples(request, response));
supervisionRoutes.post(
  '/resurvey',
  formAction(async (request, response) => {
    const { _id } = await drawResurveySample(actorOf(request), request.body);
    redirectWith(response, samplePath(_id), { key: 'mailbox-office.told.sample' });
  }, showSamples),
);
supervisionRoutes.get('/resurvey/:month/:seed', async (request, response) => {
  const { month, seed } = request.params;
  const model = await sampleModel(actorOf(request), `${month}/${seed}`);
  response.render('mailbox/staff/sample', { ...page(request, 'resurvey'), ...model });
});

async function showMovedDays(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const model = await movedDaysModel(actor, refusal ? ((request.body ?? {}) as Record<string, unknown>) : {});
  const title = sayIn(actor.language)('moved-days.title');
  response.render('mailbox/staff/moved-days', { layout: 'office', title, ...model, errors: errorsOf(refusal) });
}
supervisionRoutes.get('/moved-days', (request, response) => showMovedDays(request, response));
supervisionRoutes.post(
  '/moved-days',
  formAction(async (request, response) => {
    const { done, left } = await moveChosenDeadlines(actorOf(request), request.body);
    const key = left === 0 ? 'mailbox-office.told.bulk' : 'mailbox-office.told.bulk-partly';
    redirectWith(response, '/office/supervision/moved-days', { key, params: { count: done, left } });
  }, showMovedDays),
);

async function showTopics(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const model = await topicsModel(actorOf(request));
  response.render('mailbox/staff/topics', { ...page(request, 'topics'), ...model, errors: errorsOf(refusal) });
}
supervisionRoutes.use('/topics', topicRoutes);
supervisionRoutes.get('/topics', (request, response) => showTopics(request, response));
supervisionRoutes.post(
  '/topics',
  formAction(async (request, response) => {
    const { done } = await actOnMany(actorOf(request), { ...request.body, do: 'topic' });
    redirectWith(response, '/office/supervision/topics', { key: 'mailbox-office.told.topic', params: { count: done } });
  }, showTopics),
);
