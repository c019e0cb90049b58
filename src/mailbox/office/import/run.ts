import { stat } from 'node:fs/promises';
import { now } from '../../../kernel/time.ts';
import { listDepartments, type Department } from '../../../organization/index.ts';
import { rowsOfTable } from '../../../platform/documents/tableFile.ts';
import { LetterModel } from '../../letterModel.ts';
import { nextNumbers } from '../../numbers.ts';
import type { Letter } from '../../record.ts';
import { removeRows, rowsPath } from './files.ts';
import { importedLetter, importKey } from './letter.ts';
import { readRow, type PastLetter } from './row.ts';
import { faultsKept, ImportRunModel, type ImportRun, type RowFault } from './runModel.ts';

const batchSize = 100;

interface Batch {
  letters: { past: PastLetter; key: string }[];
  faults: RowFault[];
  rows: number;
}

/**
 * Reads the rows of a run and keeps what they hold, a hundred letters a write. What was dealt with is written down with
 * each batch: after an interruption the next call goes on from there, and a letter is never kept twice. `last`: no
 * further try follows a failure.
 */
export async function runImport(runId: string, last = false): Promise<void> {
  const run = await ImportRunModel.findById(runId).lean<ImportRun>();
  if (!run || (run.state !== 'waiting' && run.state !== 'running')) return;
  const there = await stat(rowsPath(runId)).catch(() => null);
  if (!there) return end(runId, { state: 'failed', trouble: { key: 'mailbox-office.import-faults.file-gone' } });
  await ImportRunModel.updateOne({ _id: runId }, { $set: { state: 'running' } });
  try {
    await readRows(run);
  } catch (error) {
    if (last) await end(runId, { state: 'failed', trouble: { key: 'transfer.errors.broke-off' } });
    throw error;
  }
  await end(runId, { state: 'done' });
}

async function end(runId: string, ended: Pick<ImportRun, 'state'> & Partial<ImportRun>): Promise<void> {
  await ImportRunModel.collection.updateOne({ _id: runId as never }, { $set: { ...ended, endedAt: now() } });
  await removeRows(runId);
}

async function readRows(run: ImportRun): Promise<void> {
  const departments = await departmentsByName();
  const seen = new Set<string>();
  let batch: Batch = { letters: [], faults: [], rows: run.rows };
  let row = -1;
  for await (const { line, cells } of rowsOfTable(rowsPath(run._id))) {
    row += 1;
    // The first row holds the headings
    if (row === 0 || row <= run.rows) continue;
    const fault = (told: RowFault['told']) => batch.faults.push({ row, line, told });
    const read = readCells(run, cells);
    if ('id' in read) {
      const key = importKey(run.source, read.id);
      if (seen.has(key)) fault({ key: 'mailbox-office.import-faults.twice', params: { id: read.id } });
      else batch.letters.push({ past: read, key });
      seen.add(key);
    } else fault(read);
    batch.rows = row;
    if (batch.letters.length + batch.faults.length < batchSize) continue;
    await keepBatch(run, batch, departments);
    batch = { letters: [], faults: [], rows: row };
  }
  await keepBatch(run, batch, departments);
}

/** A row of another length than its head has a sign between cells too many or too few; blank cells at its end are none. */
export function readCells({ headings, places }: Pick<ImportRun, 'headings' | 'places'>, cells: readonly string[]) {
  const wanted = headings.length;
  const fits = cells.length === wanted || (cells.length > wanted && cells.slice(wanted).every((cell) => cell === ''));
  if (fits) return readRow(cells, places);
  return { key: 'mailbox-office.import-faults.columns', params: { found: cells.length, wanted } };
}

async function departmentsByName(): Promise<Map<string, Department>> {
  // A letter that names no department belongs to none, not to one that has no short name
  const names = ({ id, name, shortName }: Department) => [id, name, shortName].filter((one) => one !== '');
  const named = (one: Department) => names(one).map((name): [string, Department] => [name, one]);
  return new Map((await listDepartments()).flatMap(named));
}

/** Keeps a batch, then writes down that it is kept; what a crash left between the two is recognised by its key. */
async function keepBatch(
  run: ImportRun,
  { letters, faults, rows }: Batch,
  departments: Map<string, Department>,
): Promise<void> {
  const keys = letters.map(({ key }) => key);
  const there = await LetterModel.find({ formKeyHash: { $in: keys } }, { formKeyHash: 1, trail: 1 }).lean<Letter[]>();
  const known = new Map(there.map(({ formKeyHash, trail }) => [formKeyHash, trail[0]?.data?.['run'] === run._id]));
  const fresh = letters.filter(({ key }) => !known.has(key));
  const numbers = await nextNumbers(fresh.map(({ past }) => past.createdAt));
  const placeOf = (past: PastLetter) => departments.get(past.department) ?? departments.get(run.departmentId);
  const made = fresh.map(({ past, key }, index) =>
    importedLetter(past, numbers[index] ?? '', key, run._id, placeOf(past), run.source),
  );
  if (made.length > 0) await LetterModel.collection.insertMany(made as never[], { ordered: false });
  const ownBefore = [...known.values()].filter(Boolean).length;
  const current = await ImportRunModel.findById(run._id, { faults: { $slice: 1 } }).lean<ImportRun>();
  const room = Math.max(0, faultsKept - (current?.faulty ?? 0));
  await ImportRunModel.collection.updateOne(
    { _id: run._id as never },
    {
      $set: { rows },
      $inc: { imported: made.length + ownBefore, known: known.size - ownBefore, faulty: faults.length },
      $push: { faults: { $each: faults.slice(0, room) } } as never,
    },
  );
}
