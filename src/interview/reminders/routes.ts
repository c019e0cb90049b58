import { Router } from 'express';
import { translate } from '../../platform/language.ts';
import { actorOf } from '../../web/actor.ts';
import { formAction } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { askReminder } from '../actions/askReminder.ts';
import { confirmReminder, findReminder } from '../actions/confirmReminder.ts';
import { findInterview } from '../interviewModel.ts';
import { reminderLimit } from '../limits.ts';

/** Signing up for a mail before the start, and confirming it. */
export const reminderRoutes = Router();

reminderRoutes.post(
  '/interviews/:id/reminder',
  reminderLimit.middleware,
  formAction(
    async (request, response) => {
      const interviewId = String(request.params['id']);
      await askReminder(actorOf(request), { ...request.body, interviewId });
      redirectWith(response, `/interviews/${interviewId}`, { key: 'interview-archive.reminder.asked' });
    },
    async (request, response, refusal) => {
      const interview = await findInterview(String(request.params['id']));
      response.render('interview/reminder/ask', {
        title: translate(actorOf(request).language, 'interview-archive.reminder.title'),
        interview: { id: interview._id, topic: interview.topic },
        values: request.body as unknown,
        errors: refusal.fields,
        refusal: Object.keys(refusal.fields).length === 0 ? refusal.told : undefined,
      });
    },
  ),
);

const page = '/interviews/:id/reminder/:token';

// Looking at the link changes nothing: programs that check links in mails must not confirm them
reminderRoutes.get(page, async (request, response) => {
  const { id: interviewId, token } = request.params;
  const reminder = await findReminder({ interviewId, token });
  const interview = await findInterview(String(interviewId));
  response.render('interview/reminder/confirm', {
    title: translate(actorOf(request).language, 'interview-archive.reminder.title'),
    topic: interview.topic,
    startsAt: interview.startsAt,
    href: `/interviews/${interview._id}`,
    action: request.path,
    confirmed: reminder.confirmedAt !== null,
  });
});

reminderRoutes.post(page, async (request, response) => {
  const { id: interviewId, token } = request.params;
  await confirmReminder(actorOf(request), { interviewId, token });
  redirectWith(response, `/interviews/${String(interviewId)}`, { key: 'interview-archive.reminder.confirmed' });
});
