import { Router } from 'express';
import QRCode from 'qrcode';
import { config } from '../config.ts';
import type { Language } from '../kernel/language.ts';
import { notFound } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { interviewsCalendar } from './calendarFile.ts';
import { interviewsFeed } from './feed.ts';
import { isPublic } from './interview.ts';
import { findInterview, type Interview } from './interviewModel.ts';
import { calendarInterviews, latestInterviews } from './queries.ts';

/** What other programs read of interviews: feed, calendars, and the QR code of an address. */
export const feedRoutes = Router();

const calendarType = 'text/calendar';

/** Links for the head of a list: the feed and the calendar. */
export function listAlternates(language: Language) {
  const title = translate(language, 'interview-archive.feed.title', { city: translate(language, 'page.name') });
  return [
    { type: 'application/atom+xml', title, href: '/interviews/feed.atom' },
    { type: calendarType, title, href: '/interviews.ics' },
  ];
}

/** Links for the head of one interview. */
export function interviewAlternates(interview: Pick<Interview, '_id' | 'topic'>, language: Language) {
  return [
    { type: calendarType, title: interview.topic, href: `/interviews/${interview._id}.ics` },
    ...listAlternates(language),
  ];
}

async function findPublic(id: unknown): Promise<Interview> {
  const interview = await findInterview(String(id));
  if (!isPublic(interview.state)) throw notFound('interview.errors.not-found');
  return interview;
}

feedRoutes.get('/interviews/feed.atom', async (request, response) => {
  const feed = interviewsFeed(await latestInterviews(50), actorOf(request).language);
  response.type('application/atom+xml').set('Cache-Control', 'private, max-age=60').send(feed);
});

feedRoutes.get('/interviews.ics', async (request, response) => {
  const { language } = actorOf(request);
  const calendar = interviewsCalendar(await calendarInterviews(), language);
  response.type(calendarType).set('Cache-Control', 'private, max-age=60').send(calendar);
});

feedRoutes.get('/interviews/:id.ics', async (request, response) => {
  const interview = await findPublic(request.params.id);
  response
    .attachment(`${interview.topic}.ics`)
    .type(calendarType)
    .send(interviewsCalendar([interview], actorOf(request).language));
});

const codeOptions = { margin: 2, errorCorrectionLevel: 'M' } as const;
const addressOf = (interview: Interview) => `${config.baseUrl}/interviews/${interview._id}`;

feedRoutes.get('/interviews/:id/code.svg', async (request, response) => {
  const address = addressOf(await findPublic(request.params.id));
  const drawn = await QRCode.toString(address, { ...codeOptions, type: 'svg' });
  response.type('image/svg+xml').set('Cache-Control', 'public, max-age=86400').send(drawn);
});

feedRoutes.get('/interviews/:id/code.png', async (request, response) => {
  const address = addressOf(await findPublic(request.params.id));
  const drawn = await QRCode.toBuffer(address, { ...codeOptions, width: 600 });
  response.type('image/png').set('Cache-Control', 'public, max-age=86400').send(drawn);
});
