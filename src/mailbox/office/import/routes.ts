import { type Request, type Response, Router } from 'express';
import type { Refusal } from '../../../kernel/errors.ts';
import { departmentOptions, listDepartments } from '../../../organization/index.ts';
import { receivedFiles, receiveFiles } from '../../../platform/uploads/receive.ts';
import { faultSheet } from '../../../transfer/index.ts';
import { actorOf } from '../../../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../../../web/form.ts';
import { redirectWith } from '../../../web/respond.ts';
import { sayIn } from '../words.ts';
import { discardImport, importRun, listImports, lookAtImport, placesIn, startImport, undoRun } from './startImport.ts';
import { previewPage, runRow } from './views.ts';

/** /office/letters/import: past letters from a file: looked at, imported with a report of every row, and taken back. */
export const importRoutes = Router();

const base = '/office/letters/import';
const runId = (request: Request): string => String(request.params['run']);

async function showImports(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const { language } = actorOf(request);
  const runs = await listImports(actorOf(request));
  response.render('mailbox/staff/imports', {
    layout: 'office',
    title: sayIn(language)('imports.title'),
    runs: runs.map((run) => runRow(run, language)),
    departments: departmentOptions(await listDepartments(), language),
    values: { source: '', departmentId: '', ...(refusal ? typedIn(request) : {}) },
    errors: errorsOf(refusal),
  });
}
importRoutes.get('/', (request, response) => showImports(request, response));

importRoutes.post(
  '/',
  receiveFiles({ field: 'file', filesMax: 1 }),
  formAction(async (request, response) => {
    const id = await lookAtImport(actorOf(request), request.body, receivedFiles(request)[0]);
    redirectWith(response, `${base}/${id}`);
  }, showImports),
);

/** `chosen`: the columns as somebody chose them on this page. */
async function showRun(request: Request, response: Response, chosen: boolean, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const run = await importRun(actor, runId(request));
  const frame = { layout: 'office', title: run.name, run: runRow(run, actor.language) };
  response.set('Cache-Control', 'no-store');
  if (run.state !== 'draft') return response.render('mailbox/staff/import', frame);
  const places = chosen ? placesIn(request.body, run) : run.places;
  const preview = previewPage(run, places, actor.language);
  response.render('mailbox/staff/import-preview', { ...frame, ...preview, errors: errorsOf(refusal) });
}
importRoutes.get('/:run', (request, response) => showRun(request, response, false));
importRoutes.post('/:run/look', (request, response) => showRun(request, response, true));

importRoutes.post(
  '/:run/start',
  formAction(
    async (request, response) => {
      await startImport(actorOf(request), runId(request), request.body);
      redirectWith(response, `${base}/${runId(request)}`);
    },
    (request, response, refusal) => showRun(request, response, true, refusal),
  ),
);

importRoutes.post('/:run/discard', async (request, response) => {
  await discardImport(actorOf(request), runId(request));
  redirectWith(response, base, { key: 'mailbox-office.told.import-discarded' });
});

importRoutes.post('/:run/undo', async (request, response) => {
  await undoRun(actorOf(request), runId(request));
  redirectWith(response, `${base}/${runId(request)}`);
});

importRoutes.get('/:run/faults.csv', async (request, response) => {
  const actor = actorOf(request);
  const run = await importRun(actor, runId(request));
  const say = sayIn(actor.language);
  const head = ['row', 'line', 'fault'].map((name) => say(`imports.columns.${name}`));
  const faults = run.faults.map(({ row, line, told }) => ({ places: [row, line], told }));
  response
    .attachment('faults.csv')
    .type('text/csv; charset=utf-8')
    .set('Cache-Control', 'no-store')
    .send(faultSheet(head, faults, actor.language));
});
