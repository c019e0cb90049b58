import { z } from 'zod';
import { onCitizenGone } from '../identity/index.ts';
import { now } from '../kernel/time.ts';
import { defineJob } from '../platform/queue/queue.ts';
import { integerSetting } from '../platform/settings.ts';
import { LetterModel } from './letterModel.ts';
import type { Letter } from './record.ts';
import { WriterModel } from './writerModel.ts';

/** How long who wrote stays with a letter; what was written and answered is the city's record and stays. */
const identityYears = integerSetting('mailbox.identity-years', { default: 5, min: 1, max: 30, unit: 'years' });
const batch = 500;

/** Forgets who wrote those of the letters that are over; gives how many that were. */
async function forgetOf(letterIds: readonly string[]): Promise<number> {
  const over = await LetterModel.find({ _id: { $in: [...letterIds] }, open: false }, { _id: 1 }).lean<
    { _id: string }[]
  >();
  const { deletedCount } = await WriterModel.deleteMany({ _id: { $in: over.map(({ _id }) => _id) } });
  return deletedCount;
}

/**
 * Who wrote is sealed before the letter is written: should the program die between the two, nobody will ever open it.
 * It goes in the second night that finds no letter, so that one that is being written just now is left in peace.
 */
async function forgetAlone(rows: readonly { _id: string; alone?: Date }[]): Promise<void> {
  const letters = await LetterModel.find({ _id: { $in: rows.map(({ _id }) => _id) } }, { _id: 1 }).lean<
    { _id: string }[]
  >();
  const there = new Set(letters.map(({ _id }) => _id));
  const alone = rows.filter(({ _id }) => !there.has(_id));
  const [known, found] = [alone.filter((row) => row.alone), alone.filter((row) => !row.alone)];
  await WriterModel.deleteMany({ _id: { $in: known.map(({ _id }) => _id) } });
  await WriterModel.updateMany({ _id: { $in: found.map(({ _id }) => _id) } }, { $set: { alone: now() } });
}

/**
 * A writer deleted their account: their letters are nobody's any more. Who wrote goes at once from letters that are
 * over; from the others, whose answer has yet to reach them, when they are.
 */
async function followGone(citizenId: string): Promise<void> {
  const own = await LetterModel.find({ writerId: citizenId }, { _id: 1 }).lean<Pick<Letter, '_id'>[]>();
  const ids = own.map(({ _id }) => _id);
  await WriterModel.updateMany({ _id: { $in: ids } }, { $set: { gone: true } });
  await forgetOf(ids);
  const nobody = { kind: 'guest', id: '', name: '' };
  await LetterModel.updateMany(
    { _id: { $in: ids } },
    { $set: { writerId: null, changedAt: new Date(), 'trail.$[own].by': nobody } },
    { arrayFilters: [{ 'own.by.id': citizenId }] },
  );
}
onCitizenGone(followGone);

/**
 * Every night who wrote goes from letters that are over: of people who left, and when the time it is kept has passed;
 * and what belongs to no letter.
 */
export const forgetWritersJob = defineJob({
  name: 'mailbox.forget-writers',
  input: z.object({}),
  cron: '20 3 * * *',
  async run() {
    const keptSince = now();
    keptSince.setUTCFullYear(keptSince.getUTCFullYear() - identityYears.value());
    for (let after = ''; ;) {
      const rows = await WriterModel.find({ _id: { $gt: after } }, { gone: 1, createdAt: 1, alone: 1 })
        .sort({ _id: 1 })
        .limit(batch)
        .lean<{ _id: string; gone?: boolean; createdAt: Date; alone?: Date }[]>();
      const last = rows.at(-1);
      if (!last) return;
      await forgetOf(rows.filter(({ gone, createdAt }) => gone || createdAt < keptSince).map(({ _id }) => _id));
      await forgetAlone(rows);
      after = last._id;
    }
  },
});
