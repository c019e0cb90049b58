import { type Request, type Response, Router } from 'express';
import type { Refusal } from '../../kernel/errors.ts';
import { actorOf } from '../../web/actor.ts';
import { formAction } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { archivePage } from '../queries.ts';
import { actOnMany } from './bulk.ts';
import { exportLetters } from './export.ts';
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

listRoutes.get('/export.:format', async (request, response) => {
  const format = request.params['format'] === 'xlsx' ? 'xlsx' : 'csv';
  const { name, type, body } = await exportLetters(actorOf(request), request.query, format);
  response.attachment(name).type(type).set('Cache-Control', 'no-store').send(body);
});

listRoutes.get('/archive', async (request, response) => {
  const actor = actorOf(request);
  response.render('mailbox/staff/archive', await archiveModel(actor, await archivePage(actor, request.query)));
});
