import { Router, type Request, type Response } from 'express';
import { notFound, type Refusal } from '../../kernel/errors.ts';
import { actorOf } from '../../web/actor.ts';
import { formAction } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { rateInterview } from '../actions/rateInterview.ts';
import { rateLimitOfRating } from '../limits.ts';
import { interviewAlternates } from '../feedRoutes.ts';
import { archivePage } from './archiveView.ts';
import { exportFormats } from './exportFormats.ts';
import { exportRecord, findFinished } from './exportRecord.ts';

/** The archive's own doors: files to take home, and the rating. */
export const archiveRoutes = Router();

/** Draws the archive page of an interview that is over. */
export async function showArchive(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const interview = await findFinished(String(request.params['id']));
  response.render('interview/archive/show', {
    title: interview.topic,
    description: interview.summary,
    alternates: interviewAlternates(interview, actor.language),
    ...(await archivePage(actor, interview, request.query)),
    values: (request.body as unknown) ?? {},
    refusal: refusal && Object.keys(refusal.fields).length === 0 ? refusal.told : undefined,
    errors: refusal?.fields ?? {},
  });
}

for (const format of exportFormats) {
  archiveRoutes.get(`/interviews/:id/record.${format}`, async (request, response) => {
    const file = await exportRecord(actorOf(request), { interviewId: request.params['id'], format });
    response.attachment(file.name).type(file.type).send(file.content);
  });
}

archiveRoutes.post(
  '/interviews/:id/rating',
  rateLimitOfRating.middleware,
  formAction(
    async (request, response) => {
      const interviewId = String(request.params['id']);
      await rateInterview(actorOf(request), { ...request.body, interviewId });
      redirectWith(response, `/interviews/${interviewId}?view=answers#rating`, { key: 'interview-archive.rate.done' });
    },
    (request, response, refusal) => {
      if (refusal.told.key === 'interview-archive.errors.rate-later') throw notFound();
      return showArchive(request, response, refusal);
    },
  ),
);
