import type { Actor } from '../../kernel/actor.ts';
import { mayCityWide } from '../../kernel/may.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { recordAudit } from '../../audit/index.ts';
import { deadLetters, runAgain } from '../../platform/queue/queue.ts';
import { LetterModel } from '../letterModel.ts';
import { TroubleModel, type Trouble } from '../troubleModel.ts';

const most = 200;

/** Those who keep the program running. */
export const seesTroubles = (actor: Actor): boolean => mayCityWide(actor, 'administrator');

/** A letter with which timed work fails, by its number: its text is none of an administrator's business. */
export interface TroubledLetter extends Omit<Trouble, '_id' | 'letterId'> {
  id: string;
  number: string;
}

/** What got stuck 卡住的事: letters with which timed work fails, and jobs that were given up; the newest first. */
export async function listTroubles(actor: Actor) {
  if (!seesTroubles(actor)) throw forbidden();
  const [total, found, jobs] = await Promise.all([
    TroubleModel.countDocuments(),
    TroubleModel.find().sort({ lastAt: -1, _id: 1 }).limit(most).lean<Trouble[]>(),
    deadLetters(most),
  ]);
  const letters = await LetterModel.find({ _id: { $in: found.map(({ letterId }) => letterId) } }, { number: 1 }).lean();
  const numbers = new Map(letters.map(({ _id, number }) => [_id, number]));
  const rows = found.map(({ _id, letterId, ...rest }) => ({ ...rest, id: _id, number: numbers.get(letterId) ?? '' }));
  return { total, letters: rows satisfies TroubledLetter[], jobs };
}

/** 再试一次: lets what got stuck begin anew at once. */
export async function tryTroubleAgain(actor: Actor, id: string): Promise<void> {
  if (!seesTroubles(actor)) throw forbidden();
  const trouble = await TroubleModel.findById(id).lean<Trouble>();
  if (trouble?.step === 'deliver') {
    await LetterModel.updateOne({ _id: trouble.letterId, outboxAt: { $gt: now() } }, { $set: { outboxAt: now() } });
  }
  if (!trouble && !(await runAgain(id))) throw notFound();
  await recordAudit(actor, { verb: 'trouble.again', target: { type: 'trouble', id } });
}
