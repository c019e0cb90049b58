import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Request, type Response, Router } from 'express';
import { recordAudit } from '../audit/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { conflict, forbidden, invalid, type Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { translate } from '../platform/language.ts';
import { receivedFiles, receiveFiles } from '../platform/uploads/receive.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { draftText, ImportDraftModel } from './draftModel.ts';
import { type Plan, runSteps } from './plan.ts';
import { columnWords, readSheet, rowsMax, type SheetRow, textOfFile, writeSheet } from './sheet.ts';
import { outcomePage, planPage } from './views.ts';

/** A table that can be taken out and brought in. */
export interface Transfer {
  /** `department`: words stand in `transfer.<kind>`, audit verbs are `<kind>.import` and `<kind>.export`. */
  kind: string;
  /** Where it is mounted, e.g. `/office/departments`. */
  base: string;
  columns: readonly string[];
  /** The column without which nothing can be read. */
  needed: string;
  allowed(actor: Actor): boolean;
  /** What is stored, as far as the actor administers it, in the order of `columns`. */
  rows(actor: Actor): Promise<string[][]>;
  /** What the rows would do. */
  plan(actor: Actor, rows: readonly SheetRow[]): Promise<Plan>;
}

const textMax = 2_000_000;

async function planOf(table: Transfer, actor: Actor, text: string): Promise<Plan> {
  const { rows, faults } = readSheet(text, table.columns, table.needed);
  if (faults.length > 0) return { rows: [], faults, steps: [] };
  return table.plan(actor, rows);
}
const printOf = (plan: Plan) => createHash('sha256').update(JSON.stringify(plan.rows)).digest('base64url');

async function textOf(request: Request): Promise<string> {
  const [file] = receivedFiles(request);
  if (file && file.size > textMax) throw invalid({ file: { key: 'transfer.errors.too-large' } });
  const text = file && file.size > 0 ? textOfFile(await readFile(file.path)) : (typedIn(request)['text'] ?? '');
  if (text.trim() === '') throw invalid({ file: { key: 'transfer.errors.nothing' } });
  return text;
}

/** Doors for one table: `export.csv`, `import`, and the preview of what an import would do. */
export function transferRoutes(table: Transfer): Router {
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

  function showUpload(request: Request, response: Response, refusal?: Refusal): void {
    response.render('transfer/staff/import', {
      ...frame(request),
      lead: title(request, 'lead'),
      columns: table.columns.map((column) => ({
        name: columnWords(column, actorOf(request).language),
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

  async function showPlan(request: Request, response: Response, refusal?: Refusal): Promise<void> {
    const actor = actorOf(request);
    const id = String(request.params['id']);
    const plan = await planOf(table, actor, await draftText(id, table.kind, actor.id));
    response.set('Cache-Control', 'no-store').render('transfer/staff/preview', {
      ...frame(request),
      id,
      seen: printOf(plan),
      ...planPage(plan, actor.language),
      errors: errorsOf(refusal),
    });
  }
  router.get('/import/:id', (request, response) => showPlan(request, response));

  router.post(
    '/import/:id',
    formAction(async (request, response) => {
      const actor = actorOf(request);
      const id = String(request.params['id']);
      const plan = await planOf(table, actor, await draftText(id, table.kind, actor.id));
      if (plan.faults.length > 0) throw conflict('transfer.errors.faults');
      if (typedIn(request)['seen'] !== printOf(plan)) throw conflict('transfer.errors.changed-meanwhile');
      const { deletedCount } = await ImportDraftModel.deleteOne({ _id: id });
      if (deletedCount === 0) throw conflict('transfer.errors.draft-over');
      const outcome = await runSteps(plan.steps);
      const count = (kind: string) => plan.rows.filter((row) => row.outcome === kind).length;
      await recordAudit(actor, {
        verb: `${table.kind}.import`,
        target: { type: table.kind, id: 'all', label: '' },
        after: { rowsNew: count('new'), rowsChanged: count('changed'), rowsRefused: outcome.faults.length },
      });
      response.set('Cache-Control', 'no-store').render('transfer/staff/outcome', {
        ...frame(request),
        ...outcomePage(plan, outcome, actor.language),
      });
    }, showPlan),
  );
  return router;
}
