import { QuestionModel, SupportModel } from './questionModel.ts';

/** The question that stands for this one: where its merges lead, itself when it was not merged. */
export async function rootOf(id: string): Promise<string> {
  const seen = new Set<string>();
  let here = id;
  while (!seen.has(here)) {
    seen.add(here);
    const found = await QuestionModel.findById(here, { mergedInto: 1 }).lean<{ mergedInto: string | null } | null>();
    if (!found?.mergedInto) return here;
    here = found.mergedInto;
  }
  return here;
}

/** This question and all that were merged into it, over any number of steps. */
export async function membersOf(id: string): Promise<string[]> {
  const members = [id];
  let fresh = [id];
  while (fresh.length > 0) {
    const below = await QuestionModel.find({ mergedInto: { $in: fresh } }, { _id: 1 }).lean<{ _id: string }[]>();
    fresh = below.map(({ _id }) => _id).filter((one) => !members.includes(one));
    members.push(...fresh);
  }
  return members;
}

/**
 * Counts the people who support a question or one merged into it, each once, and the questions merged into it; gives
 * the number. However many processes count at the same time, the last number written was counted after every other
 * was written, and so after every mark that was there by then.
 */
export async function recount(id: string): Promise<number> {
  for (;;) {
    const before = await QuestionModel.findById(id, { countVersion: 1 }).lean<{ countVersion?: number } | null>();
    if (!before) return 0;
    const members = await membersOf(id);
    const people =
      members.length === 1
        ? await SupportModel.countDocuments({ questionId: id })
        : (await SupportModel.distinct('personId', { questionId: { $in: members } })).length;
    const version = before.countVersion ?? 0;
    // Found by identifier alone, or the embedded database reads every question: the condition is in the update
    const unchanged = { $eq: [{ $ifNull: ['$countVersion', 0] }, version] };
    const when = (name: string, value: unknown) => ({ $cond: [unchanged, value, `$${name}`] });
    const counted = { supports: people, alike: members.length - 1, countVersion: version + 1, recounted: true };
    const set = Object.fromEntries(Object.entries(counted).map(([name, value]) => [name, when(name, value)]));
    const written = await QuestionModel.updateOne({ _id: id }, [{ $set: set }], { updatePipeline: true });
    if (written.modifiedCount === 1) return people;
  }
}

/** From here on the supports of these questions are counted anew after every mark instead of being added to. */
export async function beginRecounting(ids: readonly string[]): Promise<void> {
  await QuestionModel.updateMany({ _id: { $in: [...ids] } }, { $set: { recounted: true } });
}
