import { createHash } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { recordAudit } from '../audit/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { conflict, forbidden, invalid, notFound, type Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { translate } from '../platform/language.ts';
import { receivedFiles, receiveFiles } from '../platform/uploads/receive.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { draftText, ImportDraftModel } from './draftModel.ts';
import type { Plan } from './plan.ts';
import { passwordSheet, passwordsOf } from './passwords.ts';
import { faultSheet } from './progress.ts';
import { sheetText } from './sheetFile.ts';
import { columnWords, readSheet, rowsMax, writeSheet } from './sheet.ts';
import { findImport, ownImports, requireImport, startTableImport } from './startImport.ts';
import { declareTable, type Transfer } from './table.ts';
import { importPage, importRow, planPage } from './views.ts';

const textMax = 2_000_000;

async function planOf(table: Transfer, actor: Actor, text: string): Promise<Plan> {
  const { rows, faults } = await readSheet(text, table.columns, table.needed);
  if (faults.length > 0) return { rows: [], faults, steps: [] };
  return table.plan(actor, rows);
}
const printOf = (plan: Plan) => createHash('sha256').update(JSON.stringify(plan.rows)).digest('base64url');

async function textOf(request: Request): Promise<string> {
  const [file] = receivedFiles(request);
  if (file && file.size > textMax) throw invalid({ file: { key: 'transfer.errors.too-large' } });
  const text = file && file.size > 0 ? await sheetText(file.path) : (typedIn(request)['text'] ?? '');
  if (text.length > textMax) throw invalid({ file: { key: 'transfer.errors.too-large' } });
  if (text.trim() === '') throw invalid({ file: { key: 'transfer.errors.nothing' } });
  return text;
}

/** Doors for one table: `export.csv`, `import`, and the preview of what an import would do. */
export function transferRoutes(table: Transfer): Router {
  declareTable(table);
  const router = Router();
  const title = (request: Request, page: string) =>
    translate(actorOf(request).language, `transfer.${table.kind}.${page}`);
  const frame = (request: Request) => ({
    layout: 'office',
    title: title(request, 'import'),
    base: table.base,
    parentTitle: title(request, 'parent'),
  });

  router.use(['/export.csv', '/import'], (request, _response, next) => {
    if (!table.allowed(actorOf(request))) throw forbidden();
    next();
  });

  router.get('/export.csv', async (request, response) => {
    const actor = actorOf(request);
    const rows = await table.rows(actor);
    const target = { type: table.kind, id: 'all', label: '' };
    await recordAudit(actor, { verb: `${table.kind}.export`, target, after: { rows: rows.length } });
    response
      .set('Cache-Control', 'no-store')
      .attachment(`${table.kind}s.csv`)
      .type('text/csv; charset=utf-8')
      .send(
        writeSheet(
          table.columns.map((column) => columnWords(column, actor.language)),
          rows,
        ),
      );
  });

  async function showUpload(request: Request, response: Response, refusal?: Refusal): Promise<void> {
    const actor = actorOf(request);
    response.render('transfer/staff/import', {
      ...frame(request),
      lead: title(request, 'lead'),
      runs: (await ownImports(table.kind, actor.id)).map((run) => importRow(run, table.base, actor.language)),
      columns: table.columns.map((column) => ({
        name: columnWords(column, actor.language),
        explanation: title(request, `explained.${column}`),
      })),
      maximum: rowsMax,
      values: { text: typedIn(request)['text'] ?? '' },
      errors: errorsOf(refusal),
    });
  }
  router.get('/import', (request, response) => showUpload(request, response));

  router.post(
    '/import',
    receiveFiles({ field: 'file', filesMax: 1 }),
    formAction(async (request, response) => {
      const [_id, text] = [newId(), await textOf(request)];
      await ImportDraftModel.create({ _id, kind: table.kind, by: actorOf(request).id, text, createdAt: now() });
      redirectWith(response, `${table.base}/import/${_id}`);
    }, showUpload),
  );

  const idOf = (request: Request): string => String(request.params['id']);

  async function showPlan(request: Request, response: Response, refusal?: Refusal): Promise<void> {
    const actor = actorOf(request);
    const plan = await planOf(table, actor, await draftText(idOf(request), table.kind, actor.id));
    response.set('Cache-Control', 'no-store').render('transfer/staff/preview', {
      ...frame(request),
      id: idOf(request),
      seen: printOf(plan),
      ...planPage(plan, actor.language),
      errors: errorsOf(refusal),
    });
  }

  // One address from the look at a file to what became of it
  router.get('/import/:id', async (request, response) => {
    const actor = actorOf(request);
    const run = await findImport(idOf(request), table.kind, actor.id);
    if (!run) return showPlan(request, response);
    response
      .set('Cache-Control', 'no-store')
      .render('transfer/staff/run', { ...frame(request), ...(await importPage(run, table.base, actor.language)) });
  });

  router.post(
    '/import/:id',
    formAction(async (request, response) => {
      const actor = actorOf(request);
      const id = idOf(request);
      if (!(await findImport(id, table.kind, actor.id))) {
        const plan = await planOf(table, actor, await draftText(id, table.kind, actor.id));
        if (plan.faults.length > 0) throw conflict('transfer.errors.faults');
        if (typedIn(request)['seen'] !== printOf(plan)) throw conflict('transfer.errors.changed-meanwhile');
        await startTableImport(actor, table, id, plan);
        await ImportDraftModel.deleteOne({ _id: id });
      }
      redirectWith(response, `${table.base}/import/${id}`);
    }, showPlan),
  );
  addFiles(router, table);
  return router;
}

/** What an import leaves to be taken along: one-time passwords for a day, rows that were refused. */
function addFiles(router: Router, table: Transfer): void {
  const file = (response: Response, name: string, body: string) =>
    response.set('Cache-Control', 'no-store').attachment(name).type('text/csv; charset=utf-8').send(body);

  router.get('/import/:id/passwords.csv', async (request, response) => {
    const actor = actorOf(request);
    const run = await requireImport(String(request.params['id']), table.kind, actor.id);
    const passwords = await passwordsOf(run);
    if (passwords.length === 0) throw notFound('transfer.errors.passwords-over');
    file(response, 'one-time-passwords.csv', passwordSheet(passwords, actor.language));
  });

  router.get('/import/:id/faults.csv', async (request, response) => {
    const actor = actorOf(request);
    const run = await requireImport(String(request.params['id']), table.kind, actor.id);
    const header = ['line', 'wrong'].map((word) => translate(actor.language, `transfer.preview.${word}`));
    const faults = run.faults.map(({ line, told }) => ({ places: [line], told }));
    file(response, 'faults.csv', faultSheet(header, faults, actor.language));
  });
}
