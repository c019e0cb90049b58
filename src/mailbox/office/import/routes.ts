import { type Request, type Response, Router } from 'express';
import type { Refusal } from '../../../kernel/errors.ts';
import { departmentOptions, listDepartments } from '../../../organization/index.ts';
import { receivedFiles, receiveFiles } from '../../../platform/uploads/receive.ts';
import { faultSheet, importProgress } from '../../../transfer/index.ts';
import { actorOf } from '../../../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../../../web/form.ts';
import { redirectWith } from '../../../web/respond.ts';
import { sayIn } from '../words.ts';
import type { ImportRun } from './runModel.ts';
import { importRun, listImports, startImport } from './startImport.ts';

/** /office/letters/import: past letters from a file, with progress and a report of every row that was not taken. */
export const importRoutes = Router();

function runRow(run: ImportRun, request: Request) {
  const { state, readBytes, bytes } = run;
  return {
    ...run,
    href: `/office/letters/import/${run._id}`,
    ...importProgress({ state, done: readBytes, of: bytes }, actorOf(request).language),
  };
}

async function showImports(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const runs = await listImports(actor);
  response.render('mailbox/staff/imports', {
    layout: 'office',
    title: sayIn(actor.language)('imports.title'),
    runs: runs.map((run) => runRow(run, request)),
    departments: departmentOptions(await listDepartments(), actor.language),
    values: { source: '', departmentId: '', ...(refusal ? typedIn(request) : {}) },
    errors: errorsOf(refusal),
  });
}
importRoutes.get('/', (request, response) => showImports(request, response));

importRoutes.post(
  '/',
  receiveFiles({ field: 'file', filesMax: 1 }),
  formAction(async (request, response) => {
    const runId = await startImport(actorOf(request), request.body, receivedFiles(request)[0]);
    redirectWith(response, `/office/letters/import/${runId}`, { key: 'mailbox-office.told.import-started' });
  }, showImports),
);

importRoutes.get('/:run', async (request, response) => {
  const actor = actorOf(request);
  const run = await importRun(actor, String(request.params['run']));
  response.render('mailbox/staff/import', {
    layout: 'office',
    title: run.name,
    run: runRow(run, request),
  });
});

importRoutes.get('/:run/faults.csv', async (request, response) => {
  const actor = actorOf(request);
  const run = await importRun(actor, String(request.params['run']));
  const say = sayIn(actor.language);
  const head = ['row', 'line', 'fault'].map((name) => say(`imports.columns.${name}`));
  const faults = run.faults.map(({ row, line, told }) => ({ places: [row, line], told }));
  response
    .attachment('faults.csv')
    .type('text/csv; charset=utf-8')
    .set('Cache-Control', 'no-store')
    .send(faultSheet(head, faults, actor.language));
});
