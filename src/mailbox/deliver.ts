import { config } from '../config.ts';
import { now } from '../kernel/time.ts';
import { sendMail } from '../notification/index.ts';
import { LetterModel, letterById } from './letterModel.ts';
import type { Notice } from './notice.ts';
import { passFor, ratingDays } from './pass.ts';
import type { Letter } from './record.ts';
import { unseal } from './secrets.ts';
import { departmentAddresses } from './settings.ts';
import { openIdentity } from './writerModel.ts';

/** 发出待发通知: sends what is due in a letter's outbox. A notice leaves the outbox after it was taken over, never before. */
export async function deliverOutbox(letterId: string): Promise<number> {
  const letter = await letterById(letterId);
  const due = letter?.outbox.filter((notice) => notice.at <= now()) ?? [];
  for (const notice of due) {
    await send(letter as Letter, notice);
    await takeOut(letterId, notice.id);
  }
  return due.length;
}

/** One write, so that a notice that comes in meanwhile keeps its time. */
async function takeOut(letterId: string, noticeId: string): Promise<void> {
  const rest = { $filter: { input: '$outbox', as: 'one', cond: { $ne: ['$$one.id', noticeId] } } };
  const filter = { _id: letterId as never };
  await LetterModel.collection.updateOne(filter, [
    { $set: { outbox: rest } },
    { $set: { outboxAt: { $min: '$outbox.at' } } },
  ]);
}

/** The key makes a second try after a crash harmless. */
async function send(letter: Letter, notice: Notice): Promise<void> {
  const onceKey = `letter ${letter._id} ${notice.id}`;
  const mail = notice.to === 'writer' ? await writerMail(letter, notice) : departmentMail(letter, notice);
  if (mail) await sendMail({ ...mail, onceKey });
}

async function writerMail(letter: Letter, notice: Notice) {
  const writer = await openIdentity(letter._id);
  if (!writer?.tellByMail || !writer.email) return null;
  const code = notice.sealed ? unseal(notice.sealed, letter._id) : '';
  const pass = passFor(letter._id, ratingDays * 24 * 60);
  return {
    to: writer.email,
    template: `mailbox/${notice.kind}`,
    language: letter.language,
    data: {
      ...readMoments(notice.data),
      number: letter.number,
      title: letter.title,
      name: writer.name,
      code,
      trackUrl: `${config.baseUrl}/letters/track?number=${letter.number}`,
      rateUrl: `${config.baseUrl}/letters/track/${letter.number}/open?pass=${encodeURIComponent(pass)}`,
    },
  };
}

/** Departments have an address where the administrator wrote one down; otherwise their queues tell them. */
function departmentMail(letter: Letter, notice: Notice) {
  const address = departmentAddresses
    .value()
    .map((line) => line.trim().split(/\s+/))
    .find(([departmentId]) => departmentId === notice.departmentId)?.[1];
  if (!address) return null;
  const kind = notice.kind;
  const url = `${config.baseUrl}/office/letters/${letter._id}`;
  const data = { ...readMoments(notice.data), kind, number: letter.number, url };
  return { to: address, template: 'mailbox/department', language: 'zh-CN' as const, data };
}

/** Moments travel as text; templates want them as moments. */
function readMoments(data: Notice['data']): Record<string, unknown> {
  const isMoment = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, isMoment(value) ? new Date(value as string) : value]),
  );
}
