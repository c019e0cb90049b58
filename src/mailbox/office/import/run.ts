import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { config } from '../../../config.ts';
import { join } from 'node:path';
import { Refusal } from '../../../kernel/errors.ts';
import { now } from '../../../kernel/time.ts';
import { listDepartments, type Department } from '../../../organization/index.ts';
import { LetterModel } from '../../letterModel.ts';
import type { Letter } from '../../record.ts';
import { nextNumbers } from '../../numbers.ts';
import { importedLetter, importKey } from './letter.ts';
import { faultsKept, ImportRunModel, type ImportRun, type RowFault } from './runModel.ts';
import { readHead, readRow, type PastLetter } from './row.ts';

const batchSize = 100;

/** Where the file of a run lies until the run is done. */
export const importPath = (runId: string): string => join(config.dataFolder, 'imports', `${runId}.csv`);

interface Batch {
  letters: { past: PastLetter; key: string }[];
  faults: RowFault[];
  rows: number;
}

interface Counted {
  rows: number;
  imported: number;
  known: number;
  faulty: number;
}

/**
 * Reads the file of a run record by record and keeps what it holds, a hundred letters a write. What was dealt with is
 * written down with each batch: after an interruption the next call goes on from there, and a letter is never kept twice.
 */
export async function runImport(runId: string): Promise<void> {
  const run = await ImportRunModel.findById(runId).lean<ImportRun>();
  if (!run || run.state === 'done' || run.state === 'failed') return;
  await ImportRunModel.updateOne({ _id: runId }, { $set: { state: 'running' } });
  try {
    await readFile(run);
    await ImportRunModel.updateOne({ _id: runId }, { $set: { state: 'done', readBytes: run.bytes, endedAt: now() } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await ImportRunModel.updateOne(
      { _id: runId },
      { $set: { state: 'failed', failure: failureOf(error), endedAt: now() } },
    );
  }
}

const failureOf = ({ fields }: Refusal): string => String(fields['file']?.params?.['names'] ?? '');

async function readFile(run: ImportRun): Promise<void> {
  const parser = createReadStream(importPath(run._id)).pipe(
    parse({
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 2_000_000,
    }),
  );
  const departments = new Map(
    (await listDepartments()).flatMap(
      (one) =>
        [
          [one.id, one],
          [one.name, one],
          [one.shortName, one],
        ] as [string, Department][],
    ),
  );
  let places: ReturnType<typeof readHead>['places'] | null = null;
  let width = 0;
  let batch: Batch = { letters: [], faults: [], rows: run.rows };
  let [row, line] = [0, 1];
  const seen = new Set<string>();
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[];
    info: { lines: number; bytes: number };
  }>) {
    const begins = line + 1;
    line = info.lines;
    if (!places) {
      const head = readHead(record);
      if (head.missing.length > 0) throw missingColumns(head.missing);
      places = head.places;
      width = record.length;
      continue;
    }
    row += 1;
    if (row <= run.rows) continue;
    const fault = (told: RowFault['told']) => batch.faults.push({ row, line: begins, told });
    const read =
      record.length === width
        ? readRow(record, places)
        : { key: 'mailbox-office.import-faults.columns', params: { found: record.length, wanted: width } };
    if ('id' in read) {
      const key = importKey(run.source, read.id);
      if (seen.has(key)) fault({ key: 'mailbox-office.import-faults.twice', params: { id: read.id } });
      else batch.letters.push({ past: read, key });
      seen.add(key);
    } else fault(read);
    batch.rows = row;
    if (batch.letters.length + batch.faults.length >= batchSize) {
      await keepBatch(run, batch, departments, info.bytes);
      batch = { letters: [], faults: [], rows: row };
    }
  }
  if (!places) throw missingColumns(['letter_id', 'title', 'body', 'reply', 'created_at', 'replied_at']);
  await keepBatch(run, batch, departments, run.bytes);
}

const missingColumns = (names: readonly string[]): Refusal =>
  new Refusal(
    422,
    'invalid',
    { key: 'mailbox-office.import-faults.head' },
    { fields: { file: { key: 'mailbox-office.import-faults.head', params: { names: names.join(', ') } } } },
  );

/** Keeps a batch, then writes down that it is kept; what a crash left between the two is recognised by its key. */
async function keepBatch(
  run: ImportRun,
  { letters, faults, rows }: Batch,
  departments: Map<string, Department>,
  bytes: number,
): Promise<void> {
  const keys = letters.map(({ key }) => key);
  const there = await LetterModel.find({ formKeyHash: { $in: keys } }, { formKeyHash: 1, trail: 1 }).lean<Letter[]>();
  const known = new Map(there.map(({ formKeyHash, trail }) => [formKeyHash, trail[0]?.data?.['run'] === run._id]));
  const fresh = letters.filter(({ key }) => !known.has(key));
  const numbers = await nextNumbers(fresh.map(({ past }) => past.createdAt));
  const placeOf = (past: PastLetter) => departments.get(past.department) ?? departments.get(run.departmentId);
  const made = fresh.map(({ past, key }, index) =>
    importedLetter(past, numbers[index] ?? '', key, run._id, placeOf(past)),
  );
  if (made.length > 0) await LetterModel.collection.insertMany(made as never[], { ordered: false });
  const ownBefore = [...known.values()].filter(Boolean).length;
  const counted: Counted = {
    rows,
    imported: made.length + ownBefore,
    known: known.size - ownBefore,
    faulty: faults.length,
  };
  const current = await ImportRunModel.findById(run._id, { faults: { $slice: 1 } }).lean<ImportRun>();
  const room = Math.max(0, faultsKept - (current?.faulty ?? 0));
  await ImportRunModel.collection.updateOne(
    { _id: run._id as never },
    {
      $set: { rows: counted.rows, readBytes: bytes },
      $inc: { imported: counted.imported, known: counted.known, faulty: counted.faulty },
      $push: { faults: { $each: faults.slice(0, room) } } as never,
    },
  );
}
