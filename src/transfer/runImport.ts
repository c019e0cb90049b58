import type { Staff } from '../kernel/actor.ts';
import { type Message, Refusal } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';
import { type ImportSteps, ImportStepsModel, type TableImport, TableImportModel } from './importModel.ts';
import { officialNow } from './officials.ts';
import { importPassword } from './passwords.ts';
import type { Step } from './plan.ts';
import { passwordsUntil } from './retention.ts';
import { tableOf, type Transfer } from './table.ts';

/** How far an import is, as far as it is written down. */
type Place = Pick<TableImport, 'pass' | 'tried' | 'waiting' | 'rowsDone'>;
/** Steps between two looks at the rights of whoever confirmed, each with a note of how far it is. */
const batchSize = 20;

/**
 * Does the steps of a confirmed import one after the other and writes down how far it is. After an interruption the
 * next call goes on from there; the few steps done since the last note are recognised by what is stored. A step that
 * is refused comes again after the others, since a parent may have to come before its child; the import ends when a
 * whole pass is refused. `last`: no further try follows a failure.
 */
export async function runTableImport(id: string, last = false): Promise<void> {
  const run = await TableImportModel.findById(id).lean<TableImport>();
  if (!run || run.state === 'done' || run.state === 'failed') return;
  const kept = await ImportStepsModel.findById(id).lean<ImportSteps>();
  if (!kept) return end(run, 'failed', { failure: { key: 'transfer.errors.draft-over' } });
  await TableImportModel.updateOne({ _id: id }, { $set: { state: 'running' } });
  try {
    const place = await doSteps(run, kept);
    if (!place) return await end(run, 'failed', { failure: { key: 'transfer.errors.rights-gone' } });
    const refused = place.waiting.map(({ step }) => step);
    await end(run, 'done', { ...place, refused, faults: faultsOf(kept.steps, place.waiting) });
  } catch (error) {
    if (last) await end(run, 'failed', { failure: { key: 'transfer.errors.broke-off' } });
    throw error;
  }
}

/** Gives where it ended; null when whoever confirmed may no longer do this. */
async function doSteps(run: TableImport, kept: ImportSteps): Promise<Place | null> {
  const table = tableOf(run.kind);
  const { steps } = kept;
  let { pass, tried, waiting } = run;
  for (;;) {
    const order = pass ?? steps.map((_, index) => index);
    while (tried < order.length) {
      const actor = await actorOf(run, table);
      if (!actor) return null;
      for (const place of order.slice(tried, tried + batchSize)) {
        const told = await doStep(actor, table, steps[place], kept.salt);
        if (told) waiting = [...waiting, { step: place, told }];
      }
      tried = Math.min(order.length, tried + batchSize);
      await note(run._id, { pass, tried, waiting, rowsDone: rowsDone(steps, order.slice(tried), waiting) });
    }
    const stuck = waiting.length === order.length;
    const place: Place = { pass, tried, waiting, rowsDone: rowsDone(steps, [], waiting) };
    if (waiting.length === 0 || stuck) return place;
    [pass, tried, waiting] = [waiting.map(({ step }) => step), 0, []];
    await note(run._id, { ...place, pass, tried, waiting });
  }
}

async function actorOf(run: TableImport, table: Transfer): Promise<Staff | null> {
  const actor = await officialNow(run.by, { language: run.language, requestId: `import ${run._id}` });
  return actor && table.allowed(actor) ? actor : null;
}

/** Does one step unless it is done already; gives why it was refused. */
async function doStep(
  actor: Staff,
  { verbs, kind }: Transfer,
  step: Step | undefined,
  salt: string,
): Promise<Message | null> {
  const verb = verbs[step?.verb ?? ''];
  if (!step || !verb) throw new Error(`The table of ${kind} has no verb ${step?.verb ?? ''}`);
  try {
    if (await verb.isDone(step.input)) return null;
    await verb.run(actor, step.input, verb.opensAccount ? importPassword(salt, String(step.input['id'])) : '');
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Object.values(error.fields)[0] ?? error.told;
  }
}

function rowsDone(steps: readonly Step[], ahead: readonly number[], waiting: Place['waiting']): number {
  const lines = (places: readonly number[]) => places.map((place) => steps[place]?.line);
  const undone = new Set(lines([...ahead, ...waiting.map(({ step }) => step)]));
  return new Set(steps.map(({ line }) => line)).size - undone.size;
}

/** One fault a row: the first, for the others mostly follow from it. */
function faultsOf(steps: readonly Step[], waiting: Place['waiting']): TableImport['faults'] {
  const byLine = new Map<number, Message>();
  for (const { step, told } of waiting) {
    const line = steps[step]?.line ?? 0;
    if (!byLine.has(line)) byLine.set(line, told);
  }
  return [...byLine].sort(([a], [b]) => a - b).map(([line, told]) => ({ line, column: null, told }));
}

async function note(id: string, place: Place): Promise<void> {
  await TableImportModel.collection.updateOne({ _id: id as never }, { $set: place });
}

async function end(run: TableImport, state: 'done' | 'failed', more: Partial<TableImport>): Promise<void> {
  const endedAt = now();
  await TableImportModel.collection.updateOne(
    { _id: run._id as never },
    { $set: { ...more, state, endedAt, waiting: [] } },
  );
  await ImportStepsModel.updateOne({ _id: run._id }, { $set: { expiresAt: passwordsUntil(endedAt) } });
}
