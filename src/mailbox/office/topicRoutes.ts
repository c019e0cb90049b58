import { type Request, type Response, Router } from 'express';
import { invalid, type Refusal } from '../../kernel/errors.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { endTopic, renameTopic } from '../actions/keepTopic.ts';
import { mergeHotTopic } from '../actions/mergeHotTopic.ts';
import { topicModel, topicPath } from './topicPage.ts';

/** /office/supervision/topics/:id: one hot topic. */
export const topicRoutes = Router();

const typedOf = (request: Request) => (request.body ?? {}) as Record<string, unknown>;
const idOf = (request: Request) => String(request.params['id']);

async function show(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const model = await topicModel(actorOf(request), idOf(request), refusal ? typedOf(request) : {});
  const errors = errorsOf(refusal);
  response.render('mailbox/staff/topic', { layout: 'office', title: model.topic.title, ...model, errors });
}

topicRoutes.get('/:id', (request, response) => show(request, response));
// The address of a form alone is no page
topicRoutes.get('/:id/:form', (request, response) => response.redirect(303, topicPath(idOf(request))));
topicRoutes.post(
  '/:id/name',
  formAction(async (request, response) => {
    await renameTopic(actorOf(request), { ...typedOf(request), topicId: idOf(request) });
    redirectWith(response, topicPath(idOf(request)), { key: 'mailbox-office.topics.renamed' });
  }, show),
);
topicRoutes.post(
  '/:id/out',
  formAction(async (request, response) => {
    const { letter } = typedOf(request);
    if (!letter) throw invalid({ '': { key: 'mailbox-office.bulk.none' } });
    await mergeHotTopic(actorOf(request), { letterIds: letter });
    redirectWith(response, topicPath(idOf(request)), { key: 'mailbox-office.topics.taken-out' });
  }, show),
);
topicRoutes.post(
  '/:id/end',
  formAction(async (request, response) => {
    const { into } = typedOf(request);
    await endTopic(actorOf(request), { topicId: idOf(request), into });
    const path = typeof into === 'string' && into ? topicPath(into) : '/office/supervision/topics';
    redirectWith(response, path, { key: `mailbox-office.topics.${into ? 'merged' : 'removed'}` });
  }, show),
);
