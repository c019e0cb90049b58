import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { recordAudit } from '../../../audit/index.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, forbidden, invalid, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { mayCityWide } from '../../../kernel/may.ts';
import { parse } from '../../../kernel/parse.ts';
import { typedText } from '../../../kernel/text.ts';
import { now } from '../../../kernel/time.ts';
import { tableFault, takeTable } from '../../../platform/documents/tableFile.ts';
import { defineJob, enqueue } from '../../../platform/queue/queue.ts';
import type { ReceivedFile } from '../../../platform/uploads/receive.ts';
import { guessPlaces, letterColumns, missingColumns, type Places } from './columns.ts';
import { removeOldRows, removeRows, rowsFolder, rowsPath } from './files.ts';
import { runImport } from './run.ts';
import { ImportRunModel, type ImportRun } from './runModel.ts';
import { takeBack } from './undo.ts';

/** Goes on with an import; what is done already is passed over. */
export const importLetters = defineJob({
  name: 'mailbox.import-letters',
  input: z.object({ runId: z.string() }),
  run: ({ runId }, { last }) => runImport(runId, last),
});

/** Takes an import back. */
export const undoImport = defineJob({
  name: 'mailbox.undo-import',
  input: z.object({ runId: z.string() }),
  run: ({ runId }) => takeBack(runId),
});

/** Files that were looked at and never imported. */
export const clearImports = defineJob({
  name: 'mailbox.clear-imports',
  input: z.object({}),
  cron: '23 3 * * *',
  async run() {
    await removeOldRows();
    await ImportRunModel.deleteMany({ state: 'draft', at: { $lt: new Date(now().getTime() - 2 * 86_400_000) } });
  },
});

/** Letters are in the file, so the secretariat imports them, not the administrator. */
export const mayImport = (actor: Actor): boolean => mayCityWide(actor, 'clerk');

function demandImport(actor: Actor): void {
  if (!mayImport(actor)) throw forbidden('mailbox.errors.not-your-part');
}

const schema = z.object({
  source: typedText({ min: 2, max: 60, line: true }),
  departmentId: z.string().max(40).default(''),
});

/** Rows that are shown before anything is imported. */
const shownRows = 5;

/**
 * 历史信件导入: takes a table of answered letters and reads it as far as to show what is in it; nothing is imported yet.
 * Gives the run's identifier.
 */
export async function lookAtImport(actor: Actor, input: unknown, file: ReceivedFile | undefined): Promise<string> {
  demandImport(actor);
  const { source, departmentId } = parse(schema, input);
  if (!file || file.size === 0) throw invalid({ file: { key: 'errors.required' } });
  const runId = newId();
  await mkdir(rowsFolder(), { recursive: true, mode: 0o700 });
  const table = await takeTable(file.path, rowsPath(runId), shownRows + 1);
  const fault = tableFault(table);
  if (fault || table === 'unreadable' || table.rows < 2) {
    await removeRows(runId);
    throw invalid({ file: fault ?? { key: 'mailbox-office.import-faults.no-rows' } });
  }
  const [headings = [], ...first] = table.first.map(({ cells }) => cells);
  const run: ImportRun = {
    _id: runId,
    name: file.name.slice(0, 120),
    source,
    departmentId,
    state: 'draft',
    headings,
    first,
    places: guessPlaces(headings),
    total: table.rows - 1,
    rows: 0,
    imported: 0,
    known: 0,
    faulty: 0,
    faults: [],
    trouble: null,
    undone: null,
    at: now(),
    by: actor.kind === 'staff' ? actor.name : '',
    endedAt: null,
  };
  await ImportRunModel.collection.insertOne(run as never);
  return runId;
}

/** The columns as they were chosen by hand: the place of each in a row, or empty where the file has none. */
export function placesIn(input: unknown, { headings }: Pick<ImportRun, 'headings'>): Places {
  const typed = (input ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    letterColumns.flatMap((column) => {
      const place = typed[column];
      const chosen = typeof place === 'string' && /^\d{1,3}$/.test(place) ? Number(place) : -1;
      return chosen >= 0 && chosen < headings.length ? [[column, chosen]] : [];
    }),
  );
}

/** Begins to import what was looked at, with the columns as they were chosen. */
export async function startImport(actor: Actor, runId: string, input: unknown): Promise<void> {
  const run = await importRun(actor, runId);
  const places = placesIn(input, run);
  const missing = missingColumns(places);
  if (missing.length > 0) throw invalid(Object.fromEntries(missing.map((one) => [one, { key: 'errors.required' }])));
  const moved = await ImportRunModel.collection.updateOne(
    { _id: runId as never, state: 'draft' },
    { $set: { state: 'waiting', places, first: [] } },
  );
  if (moved.matchedCount === 0) throw conflict('mailbox-office.import-faults.begun');
  await recordAudit(actor, {
    verb: 'letter.import',
    target: { type: 'letter', id: runId, label: run.source },
    after: { file: run.name, rows: run.total },
  });
  await enqueue(importLetters, { runId });
}

/** Throws away what was only looked at. */
export async function discardImport(actor: Actor, runId: string): Promise<void> {
  demandImport(actor);
  const { deletedCount } = await ImportRunModel.deleteOne({ _id: runId, state: 'draft' });
  if (deletedCount === 0) throw conflict('mailbox-office.import-faults.begun');
  await removeRows(runId);
}

/** 撤销导入: takes back what an import brought; letters that somebody has worked on since stay. */
export async function undoRun(actor: Actor, runId: string): Promise<void> {
  const run = await importRun(actor, runId);
  const moved = await ImportRunModel.collection.updateOne(
    { _id: runId as never, state: { $in: ['done', 'failed'] }, imported: { $gt: 0 } },
    { $set: { state: 'undoing' } },
  );
  if (moved.matchedCount === 0) throw conflict('mailbox-office.import-faults.nothing-to-undo');
  await recordAudit(actor, {
    verb: 'letter.import-undo',
    target: { type: 'letter', id: runId, label: run.source },
    after: { file: run.name, letters: run.imported },
  });
  await enqueue(undoImport, { runId });
}

/** The imports so far, newest first. */
export async function listImports(actor: Actor): Promise<ImportRun[]> {
  demandImport(actor);
  return ImportRunModel.find({}, { faults: 0, first: 0 }).sort({ at: -1, _id: -1 }).limit(50).lean<ImportRun[]>();
}

/** One import with its faults; 404 when there is none. */
export async function importRun(actor: Actor, runId: string): Promise<ImportRun> {
  demandImport(actor);
  const run = await ImportRunModel.findById(runId).lean<ImportRun>();
  if (!run) throw notFound();
  return run;
}
