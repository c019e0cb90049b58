import { type RequestHandler, Router } from 'express';
import { notFound } from '../kernel/errors.ts';
import { cutPage, readPageKey } from '../platform/database/pageKey.ts';
import { type ShelvedLetter, shelvedLetter, shelvedLetters } from '../platform/mailShelf.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { canReadOutbox } from './policy.ts';

const pageSize = 30;
export const outboxRoutes = Router();

const readersOnly: RequestHandler = (request, _response, next) => {
  if (!canReadOutbox(actorOf(request))) throw notFound();
  next();
};

outboxRoutes.use('/outbox', readersOnly);

outboxRoutes.get('/outbox', async (request, response) => {
  const before = readPageKey(request.query.before);
  const { rows, next } = cutPage(await shelvedLetters(pageSize + 1, before), pageSize, ({ at, _id: id }) => ({
    at,
    id,
  }));
  const letters = rows.map(({ _id, ...letter }) => ({ ...letter, href: `/office/outbox/${_id}` }));
  response.render('notification/outbox', {
    layout: 'office',
    title: translate(actorOf(request).language, 'notification.outbox.title'),
    letters,
    olderHref: next && `/office/outbox?before=${next}`,
    newestHref: before ? '/office/outbox' : null,
  });
});

async function letterNamed(id: unknown): Promise<ShelvedLetter> {
  const letter = await shelvedLetter(String(id));
  if (!letter) throw notFound();
  return letter;
}

outboxRoutes.get('/outbox/:id', async (request, response) => {
  const { _id, to, subject, text, at, headers } = await letterNamed(request.params.id);
  const headerRows = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const htmlHref = `/office/outbox/${_id}/html`;
  response.render('notification/letter', {
    layout: 'office',
    title: subject,
    to,
    subject,
    text,
    at,
    headerRows,
    htmlHref,
  });
});

// Shown in a frame without rights: no script, no form, no address of ours; its links open a window of their own
const frameRules = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

outboxRoutes.get('/outbox/:id/html', async (request, response) => {
  const { html } = await letterNamed(request.params.id);
  response.set('Content-Security-Policy', frameRules).set('Cache-Control', 'private, no-store').type('html').send(html);
});
