import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { defineJob, enqueue } from '../platform/queue/queue.ts';
import { type ImportSteps, ImportStepsModel, type TableImport, TableImportModel } from './importModel.ts';
import type { Plan } from './plan.ts';
import { waitsUntil } from './retention.ts';
import { runTableImport } from './runImport.ts';
import type { Transfer } from './table.ts';

/** Goes on with an import; what is written already is passed over. */
export const importTable = defineJob({
  name: 'transfer.import-table',
  input: z.object({ importId: z.string() }),
  run: ({ importId }, { last }) => runTableImport(importId, last),
});

/**
 * Writes down what was confirmed and puts the job into the queue. `id` is that of the file that was looked at, so that
 * confirming it twice is one import.
 */
export async function startTableImport(actor: Actor, table: Transfer, id: string, plan: Plan): Promise<void> {
  const count = (outcome: string) => plan.rows.filter((row) => row.outcome === outcome).length;
  const createdAt = now();
  const kept: ImportSteps = {
    _id: id,
    steps: plan.steps,
    salt: newId(24),
    expiresAt: waitsUntil(createdAt),
  };
  const run: TableImport = {
    _id: id,
    kind: table.kind,
    by: actor.id,
    language: actor.language,
    state: 'waiting',
    fresh: count('new'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    rowsDone: 0,
    pass: null,
    tried: 0,
    waiting: [],
    refused: [],
    faults: [],
    failure: null,
    createdAt,
    endedAt: null,
  };
  // Confirmed twice at the same moment, or again after an interruption, the first one holds
  await ImportStepsModel.collection.updateOne({ _id: id as never }, { $setOnInsert: kept }, { upsert: true });
  const written = await TableImportModel.collection.updateOne(
    { _id: id as never },
    { $setOnInsert: run },
    { upsert: true },
  );
  if (written.upsertedCount > 0) {
    await recordAudit(actor, {
      verb: `${table.kind}.import`,
      target: { type: table.kind, id: 'all', label: '' },
      after: { rowsNew: run.fresh, rowsChanged: run.changed },
    });
  }
  await enqueue(importTable, { importId: id }, { onceKey: id });
}

/** The import of this file if it was confirmed; of whoever confirmed it only. */
export async function findImport(id: string, kind: string, by: string): Promise<TableImport | null> {
  const run = await TableImportModel.findById(id).lean<TableImport>();
  return run && run.kind === kind && run.by === by ? run : null;
}

/** As findImport(); 404 when there is none. */
export async function requireImport(id: string, kind: string, by: string): Promise<TableImport> {
  const run = await findImport(id, kind, by);
  if (!run) throw notFound('transfer.errors.draft-over');
  return run;
}

/** The latest imports of one table by one person, newest first. */
export async function ownImports(kind: string, by: string): Promise<TableImport[]> {
  const runs = await TableImportModel.find({ by }, { waiting: 0, pass: 0, refused: 0, faults: { $slice: 1 } })
    .sort({ createdAt: -1 })
    .limit(20)
    .lean<TableImport[]>();
  return runs.filter((run) => run.kind === kind);
}
