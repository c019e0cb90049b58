import { now } from '../../../kernel/time.ts';
import { LetterModel } from '../../letterModel.ts';
import type { Letter } from '../../record.ts';
import { ImportRunModel, type ImportRun } from './runModel.ts';

const batchSize = 500;

/**
 * Takes the letters of an import away again, as far as nobody has worked on them since: those have more in their trail
 * than that they were imported. May run again after an interruption.
 */
export async function takeBack(runId: string): Promise<void> {
  const run = await ImportRunModel.findById(runId).lean<ImportRun>();
  if (run?.state !== 'undoing') return;
  const cursor = LetterModel.find({ channel: 'import', 'trail.data.run': runId }, { _id: 1 }).lean<Letter[]>().cursor();
  const ids: string[] = [];
  for await (const letter of cursor) ids.push(letter._id);
  for (let at = 0; at < ids.length; at += batchSize) {
    await LetterModel.deleteMany({ _id: { $in: ids.slice(at, at + batchSize) }, trail: { $size: 1 } });
  }
  const kept = await LetterModel.countDocuments({ channel: 'import', 'trail.data.run': runId });
  const undone = { removed: run.imported - kept, kept };
  await ImportRunModel.collection.updateOne(
    { _id: runId as never },
    { $set: { state: 'undone', undone, endedAt: now() } },
  );
}
