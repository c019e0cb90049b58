import { Router, type Request, type Response } from 'express';
import { notFound, type Refusal } from '../kernel/errors.ts';
import { asksToKeep } from '../moderation/index.ts';
import { readPageKey } from '../platform/database/pageKey.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { formAction } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { keepText, takeText } from './access/keptText.ts';
import { accessRoutes } from './access/routes.ts';
import { askQuestion } from './actions/askQuestion.ts';
import { followRoutes } from './following/routes.ts';
import { reminderRoutes } from './reminders/routes.ts';
import { supportQuestion } from './actions/supportQuestion.ts';
import { withdrawQuestion } from './actions/withdrawQuestion.ts';
import { showArchive, archiveRoutes } from './archive/routes.ts';
import { feedRoutes, interviewAlternates, listAlternates } from './feedRoutes.ts';
import { guardRoutes } from './guard/routes.ts';
import { filterForm, foundPage } from './foundView.ts';
import { isWhole, readFilter } from './listFilter.ts';
import { findInterview } from './interviewModel.ts';
import { askLimit, supportLimit } from './limits.ts';
import { materialRoutes } from './material/routes.ts';
import { canSee } from './policy.ts';
import { pictureRoutes } from './record/pictureRoutes.ts';
import { questionAddress } from './questionPages.ts';
import { screenRoutes } from './screenRoutes.ts';
import { interviewPage, interviewsPage } from './views.ts';

export const pages = Router();

pages.use(followRoutes, guardRoutes, archiveRoutes, screenRoutes, feedRoutes, reminderRoutes);
pages.use(accessRoutes, materialRoutes, pictureRoutes);

pages.get('/interviews', async (request, response) => {
  const filter = readFilter(request.query);
  const filters = await filterForm(actorOf(request).language, filter);
  if (!isWhole(filter)) {
    response.render('interview/found', {
      title: translate(actorOf(request).language, 'interview.list.title'),
      filters,
      alternates: listAlternates(actorOf(request).language),
      ...(await foundPage(actorOf(request).language, filter, request.query['page'])),
    });
    return;
  }
  response.render('interview/index', {
    title: translate(actorOf(request).language, 'interview.list.title'),
    filters,
    alternates: listAlternates(actorOf(request).language),
    ...(await interviewsPage(actorOf(request).language, readPageKey(request.query['before']))),
  });
});

async function show(request: Request, response: Response, more: { refusal?: Refusal; values?: unknown } = {}) {
  const actor = actorOf(request);
  const interview = await findInterview(String(request.params['id']));
  if (!canSee(actor, interview)) throw notFound('interview.errors.not-found');
  const kept = actor.kind !== 'staff' && !more.values ? takeText(request, response, interview._id) : '';
  const page = await interviewPage(actor, interview, request.query);
  response.render('interview/show', {
    title: interview.topic,
    description: interview.summary,
    alternates: interviewAlternates(interview, actor.language),
    ...page,
    values: more.values ?? { text: kept },
    refusal: more.refusal?.told,
    errors: more.refusal?.fields ?? {},
    keepNumbers: more.refusal ? asksToKeep(more.refusal) : false,
  });
}

pages.get('/interviews/:id', async (request, response) => {
  const { state } = await findInterview(String(request.params['id']));
  // Just after the close people stay where they are and see the last answers arrive; the record is one link away
  const wished = request.query['q'] !== undefined || request.query['view'] !== undefined;
  if (state === 'archived' || (state === 'closed' && wished)) return showArchive(request, response);
  await show(request, response);
});

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
  '/interviews/:id/questions/:questionId/withdraw',
  askLimit.middleware,
  formAction(
    async (request, response) => {
      const { id, questionId } = request.params;
      const { text } = await withdrawQuestion(actorOf(request), { interviewId: id, questionId });
      keepText(response, String(id), text);
      redirectWith(response, `/interviews/${id}?list=mine#mine`, { key: 'interview.mine.withdrawn' });
    },
    (request, response, refusal) => show(request, response, { refusal }),
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
      redirectWith(response, questionAddress(String(id), String(questionId)), { key });
    },
    (request, response, refusal) => show(request, response, { refusal }),
  ),
);
