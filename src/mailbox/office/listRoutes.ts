import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import type { Refusal } from '../../kernel/errors.ts';
import { actorOf } from '../../web/actor.ts';
import { formAction } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { logger } from '../../platform/logger.ts';
import { archivePage } from '../archive.ts';
import { actOnMany } from './bulk.ts';
import { exportArchive, exportLetters } from './export.ts';
import { archiveModel, listModel, queryOf } from './listView.ts';

/** /office/letters: queues as tables, the archive, export and acts on many. */
export const listRoutes = Router();

async function showList(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const typed = refusal ? (request.body as Record<string, unknown>) : {};
  response.render('mailbox/staff/list', await listModel(actorOf(request), request.query, { typed, refusal }));
}

listRoutes.get('/', (request, response) => showList(request, response));

listRoutes.post(
  '/bulk',
  formAction(async (request, response) => {
    const { done, left } = await actOnMany(actorOf(request), request.body);
    const key = left === 0 ? 'mailbox-office.told.bulk' : 'mailbox-office.told.bulk-partly';
    redirectWith(response, `/office/letters?${queryOf(request.query)}`, { key, params: { count: done, left } });
  }, showList),
);

// The address of the form alone is no letter's number
listRoutes.get('/bulk', (_request, response) => response.redirect(303, '/office/letters'));

/** Sends rows as they are read; who goes away meanwhile stops the reading. */
function sendFile(path: string, make: typeof exportLetters): void {
  listRoutes.get(`${path}/export.:format`, async (request, response) => {
    const format = request.params['format'] === 'xlsx' ? 'xlsx' : 'csv';
    const { name, type, body } = await make(actorOf(request), request.query, format);
    response.attachment(name).type(type).set('Cache-Control', 'no-store');
    await pipeline(body, response).catch((error: unknown) => {
      logger.warn({ error, event: 'mailbox.export' }, 'An export of letters was broken off');
    });
  });
}
sendFile('', exportLetters);
sendFile('/archive', exportArchive);

listRoutes.get('/archive', async (request, response) => {
  const actor = actorOf(request);
  response.render('mailbox/staff/archive', await archiveModel(actor, await archivePage(actor, request.query)));
});
