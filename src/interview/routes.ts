import { Router, type Request, type Response } from 'express';
import { notFound, type Refusal } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { formAction } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { askQuestion } from './actions/askQuestion.ts';
import { supportQuestion } from './actions/supportQuestion.ts';
import { findInterview } from './interviewModel.ts';
import { askLimit, supportLimit } from './limits.ts';
import { canSee } from './policy.ts';
import { interviewPage, interviewsPage } from './views.ts';

export const pages = Router();

pages.get('/interviews', async (request, response) => {
  const before = Number(request.query['before']);
  const since = Number.isFinite(before) && before > 0 ? new Date(before) : undefined;
  response.render('interview/index', {
    title: translate(actorOf(request).language, 'interview.list.title'),
    ...(await interviewsPage(actorOf(request).language, since)),
  });
});

async function show(request: Request, response: Response, more: { refusal?: Refusal; values?: unknown } = {}) {
  const actor = actorOf(request);
  const interview = await findInterview(String(request.params['id']));
  if (!canSee(actor, interview)) throw notFound('interview.errors.not-found');
  const page = await interviewPage(actor, interview, { list: request.query['list'] });
  response.render('interview/show', {
    title: interview.topic,
    description: interview.summary,
    ...page,
    values: more.values ?? {},
    refusal: more.refusal?.told,
    errors: more.refusal?.fields ?? {},
  });
}

pages.get('/interviews/:id', (request, response) => show(request, response));

pages.post(
  '/interviews/:id/questions',
  askLimit.middleware,
  formAction(
    async (request, response) => {
      await askQuestion(actorOf(request), { ...request.body, interviewId: request.params['id'] });
      redirectWith(response, `/interviews/${request.params['id']}?list=mine#mine`, { key: 'interview.ask.done' });
    },
    (request, response, refusal) => show(request, response, { refusal, values: request.body }),
  ),
);

pages.post(
  '/interviews/:id/questions/:questionId/support',
  supportLimit.middleware,
  formAction(
    async (request, response) => {
      const { id, questionId } = request.params;
      const { already } = await supportQuestion(actorOf(request), { interviewId: id, questionId });
      const key = already ? 'interview.support.already' : 'interview.support.done';
      redirectWith(response, `/interviews/${id}#question-${questionId}`, { key });
    },
    (request, response, refusal) => show(request, response, { refusal }),
  ),
);
