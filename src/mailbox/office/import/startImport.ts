import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { recordAudit } from '../../../audit/index.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { forbidden, invalid, notFound } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/id.ts';
import { mayCityWide } from '../../../kernel/may.ts';
import { parse } from '../../../kernel/parse.ts';
import { typedText } from '../../../kernel/text.ts';
import { now } from '../../../kernel/time.ts';
import { defineJob, enqueue } from '../../../platform/queue/queue.ts';
import type { ReceivedFile } from '../../../platform/uploads/receive.ts';
import { importPath, runImport } from './run.ts';
import { ImportRunModel, type ImportRun } from './runModel.ts';

/** Goes on with an import; what is done already is passed over. */
export const importLetters = defineJob({
  name: 'mailbox.import-letters',
  input: z.object({ runId: z.string() }),
  run: ({ runId }) => runImport(runId),
});

/** Letters are in the file, so the secretariat imports them, not the administrator. */
export const mayImport = (actor: Actor): boolean => mayCityWide(actor, 'clerk');

const schema = z.object({
  source: typedText({ min: 2, max: 60, line: true }),
  departmentId: z.string().max(40).default(''),
});

/** 历史信件导入: takes a CSV file of answered letters and begins to read it. Gives the run's identifier. */
export async function startImport(actor: Actor, input: unknown, file: ReceivedFile | undefined): Promise<string> {
  if (!mayImport(actor)) throw forbidden('mailbox.errors.not-your-part');
  const { source, departmentId } = parse(schema, input);
  if (!file) throw invalid({ file: { key: 'errors.required' } });
  const runId = newId();
  const path = importPath(runId);
  await mkdir(dirname(path), { recursive: true });
  const { size } = await stat(file.path);
  await rename(file.path, path);
  const run: ImportRun = {
    _id: runId,
    name: file.name.slice(0, 120),
    source,
    departmentId,
    bytes: size,
    state: 'waiting',
    rows: 0,
    readBytes: 0,
    imported: 0,
    known: 0,
    faulty: 0,
    faults: [],
    failure: '',
    at: now(),
    by: actor.kind === 'staff' ? actor.name : '',
    endedAt: null,
  };
  await ImportRunModel.collection.insertOne(run as never);
  await recordAudit(actor, {
    verb: 'letter.import',
    target: { type: 'letter', id: runId, label: source },
    after: { file: run.name, bytes: size },
  });
  await enqueue(importLetters, { runId });
  return runId;
}

/** The imports so far, newest first. */
export async function listImports(actor: Actor): Promise<ImportRun[]> {
  if (!mayImport(actor)) throw forbidden('mailbox.errors.not-your-part');
  return ImportRunModel.find({}, { faults: 0 }).sort({ at: -1 }).limit(50).lean<ImportRun[]>();
}

/** One import with its faults; 404 when there is none. */
export async function importRun(actor: Actor, runId: string): Promise<ImportRun> {
  if (!mayImport(actor)) throw forbidden('mailbox.errors.not-your-part');
  const run = await ImportRunModel.findById(runId).lean<ImportRun>();
  if (!run) throw notFound();
  return run;
}
