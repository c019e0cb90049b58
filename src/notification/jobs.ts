import { z } from 'zod';
import { now } from '../kernel/time.ts';
import { clearShelf } from '../platform/mailShelf.ts';
import { MailRefused } from '../platform/mailer.ts';
import { defineJob, enqueue, type Turn } from '../platform/queue/queue.ts';
import { errorKind } from '../platform/queue/turn.ts';
import { integerSetting } from '../platform/settings.ts';
import { letterOf, mailer } from './deliver.ts';
import { countAttempt, endMail, type Mail, MailModel, queuedMail } from './mailModel.ts';
import { isMailWanted } from './subscription.ts';

const keptDays = integerSetting('notification.keep-mails-days', { default: 30, min: 1, max: 3650, unit: 'days' });

/** Brings one mail away. Twenty tries are about fourteen hours: a mail server may be away for a night. */
export const sendMailJob = defineJob({
  name: 'notification.send-mail',
  input: z.object({ mailId: z.string() }),
  attempts: 20,
  backoffSeconds: 15,
  async run({ mailId }, turn) {
    const mail = await queuedMail(mailId);
    if (!mail) return; // sent already, or cleared away
    const reason = await noLongerWanted(mail);
    if (reason) await endMail(mailId, 'failed', reason);
    else await bringAway(mail, turn);
  },
});

async function noLongerWanted(mail: Mail): Promise<string | null> {
  if (mail.until && mail.until < now()) return 'too-late';
  if (mail.topic !== undefined && !(await isMailWanted(mail.to, mail.topic))) return 'unsubscribed';
  return null;
}

async function bringAway(mail: Mail, { last }: Turn): Promise<void> {
  try {
    await mailer().send(letterOf(mail));
  } catch (error) {
    const kind = errorKind(error);
    if (last || error instanceof MailRefused) await endMail(mail._id, 'failed', kind);
    else await countAttempt(mail._id, kind);
    if (error instanceof MailRefused) return;
    throw error;
  }
  await endMail(mail._id, 'sent');
}

/** A process that died between storing a mail and enqueueing it left the mail behind; the key keeps it from being sent twice. */
export const pickUpMailsJob = defineJob({
  name: 'notification.pick-up-mails',
  input: z.object({}),
  cron: '*/5 * * * *',
  async run() {
    const before = new Date(now().getTime() - 120_000);
    const left = await MailModel.find({ state: 'queued', createdAt: { $lt: before }, attempts: 0 }, { _id: 1 })
      .limit(500)
      .lean();
    for (const { _id } of left) await enqueue(sendMailJob, { mailId: _id }, { onceKey: `mail ${_id}` });
  },
});

/** Clears away old mails after the days of the setting. */
export const removeOldMailsJob = defineJob({
  name: 'notification.remove-old-mails',
  input: z.object({}),
  cron: '17 3 * * *',
  async run() {
    const before = new Date(now().getTime() - keptDays.value() * 86_400_000);
    await MailModel.deleteMany({ createdAt: { $lt: before }, state: { $ne: 'queued' } });
    await clearShelf(before);
  },
});
