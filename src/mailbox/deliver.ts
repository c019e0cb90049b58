import { now } from '../kernel/time.ts';
import { listDepartments } from '../organization/index.ts';
import { sendEvent, sendMail, sendText, wantsMail, wantsText } from '../notification/index.ts';
import { LetterModel, letterById } from './letterModel.ts';
import type { Notice } from './notice.ts';
import { departmentRecipients, topicOf, wishOf } from './recipients.ts';
import { departmentMail, writerMail, writerText } from './mails.ts';
import type { Letter } from './record.ts';
import { noteTrouble, TroubleModel } from './troubleModel.ts';
import { openIdentity } from './writerModel.ts';

/**
 * 发出待发通知: sends what is due in a letter's outbox. A notice leaves the outbox after it was taken over, never before.
 * One that fails does not hold up those after it: it is written down and tried again later, ever more seldom.
 */
export async function deliverOutbox(letterId: string): Promise<number> {
  const letter = await letterById(letterId);
  const due = letter?.outbox.filter((notice) => notice.at <= now()) ?? [];
  const failures: unknown[] = [];
  for (const notice of due) {
    try {
      await send(letter as Letter, notice);
      await takeOut(letterId, notice.id);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) await tryLater(letterId, failures[0]);
  return due.length - failures.length;
}

const longestRestMinutes = 60;

/** Steps aside, so that letters that cannot be told about never fill the place of those that can. */
async function tryLater(letterId: string, error: unknown): Promise<void> {
  const tries = await noteTrouble(letterId, 'deliver', error);
  const rest = Math.min(longestRestMinutes, 2 ** Math.min(tries - 1, 10));
  const outboxAt = new Date(now().getTime() + rest * 60_000);
  await LetterModel.collection.updateOne({ _id: letterId as never }, { $max: { outboxAt } });
}

/** Forgets troubles of letters that have nothing left to be told, or whose try came and did not fail again. */
export async function forgetDelivered(): Promise<void> {
  const known = await TroubleModel.find({ step: 'deliver' }, { letterId: 1 }).lean();
  const waiting = await LetterModel.find({ _id: { $in: known.map(({ letterId }) => letterId) } }, { outbox: 1 }).lean();
  const left = new Set(waiting.filter(({ outbox }) => outbox.some(({ at }) => at <= now())).map(({ _id }) => _id));
  const gone = known.filter(({ letterId }) => !left.has(letterId)).map(({ _id }) => _id);
  if (gone.length > 0) await TroubleModel.deleteMany({ _id: { $in: gone } });
}

/** One write, so that a notice that comes in meanwhile keeps its time. */
async function takeOut(letterId: string, noticeId: string): Promise<void> {
  const rest = { $filter: { input: '$outbox', as: 'one', cond: { $ne: ['$$one.id', noticeId] } } };
  // Spelt out: the embedded database does not take the least of the values of an array
  const isEarlier = { $or: [{ $eq: ['$$value', null] }, { $lt: ['$$this.at', '$$value'] }] };
  const earliest = {
    $reduce: { input: '$outbox', initialValue: null, in: { $cond: [isEarlier, '$$this.at', '$$value'] } },
  };
  const filter = { _id: letterId as never };
  await LetterModel.collection.updateOne(filter, [{ $set: { outbox: rest } }, { $set: { outboxAt: earliest } }]);
}

/** The key makes a second try after a crash harmless. */
async function send(letter: Letter, notice: Notice): Promise<void> {
  const onceKey = `letter ${letter._id} ${notice.id}`;
  const { number, state } = letter;
  const data = { number, state, department: notice.departmentId ?? letter.lead?.departmentId ?? null };
  await sendEvent({ name: `letter.${notice.kind}`, data, onceKey });
  if (notice.to === 'department') {
    for (const to of await departmentRecipients(letter, notice)) {
      await sendMail({ to, onceKey: `${onceKey} ${to}`, ...departmentMail(letter, notice) });
    }
    return;
  }
  const writer = await openIdentity(letter._id);
  const wish = writer && (await wishOf(letter, writer, notice.kind));
  if (!writer || !wish) return;
  await listDepartments(); // their names are said in the reader's language
  const topic = topicOf(notice.kind);
  if (wantsMail(wish) && writer.email) {
    await sendMail({ to: writer.email, onceKey, ...(topic ? { topic } : {}), ...writerMail(letter, notice, writer) });
  }
  if (wantsText(wish) && writer.phone) {
    await sendText({ to: writer.phone, text: writerText(letter, notice), onceKey });
  }
}
