import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { type Refusal } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { logger } from '../platform/logger.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction } from '../web/form.ts';
import { exportTrail } from './exportTrail.ts';
import { knownVerbs, listAudit } from './queries.ts';
import { entryRow, verbWords } from './views.ts';

/** The trail, for administrators of the city. */
export const staffRoutes = Router();

async function show(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const { language } = actor;
  const { filter, entries, next } = await listAudit(actor, refusal ? {} : request.query);
  const kept = Object.entries({ ...filter, before: next ?? '' }).filter(([, value]) => value !== '');
  response.render('audit/staff/trail', {
    layout: 'office',
    title: translate(language, 'audit.title'),
    filter,
    filtered: filter.person !== '' || filter.verb !== '' || filter.target !== '' || filter.people !== '',
    exportHref: `/office/audit/export.csv?${new URLSearchParams(kept.filter(([name]) => name !== 'before'))}`,
    entries: entries.map((entry) => entryRow(entry, language)),
    verbs: (await knownVerbs()).map((value) => ({ value, label: verbWords(value, language) })),
    next: next ? `/office/audit?${new URLSearchParams(kept)}` : null,
    errors: errorsOf(refusal),
  });
}

staffRoutes.get('/audit/export.csv', async (request, response) => {
  const { name, parts } = await exportTrail(actorOf(request), request.query);
  response.attachment(name).type('text/csv; charset=utf-8').set('Cache-Control', 'no-store');
  await pipeline(Readable.from(parts), response).catch((error: unknown) => {
    logger.warn({ error, event: 'audit.export' }, 'An export of the trail was broken off');
  });
});

staffRoutes.get(
  '/audit',
  formAction(show, (request, response, refusal) => {
    if (refusal.status !== 422) throw refusal;
    return show(request, response, refusal);
  }),
);
