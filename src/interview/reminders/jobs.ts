import { z } from 'zod';
import { config } from '../../config.ts';
import { now } from '../../kernel/time.ts';
import { sendMail } from '../../notification/index.ts';
import { defineJob } from '../../platform/queue/job.ts';
import { integerSetting } from '../../platform/settings.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { InterviewModel, type Interview } from '../interviewModel.ts';
import { ReminderModel, reminderTopic, type Reminder } from './reminderModel.ts';

/** How long before the start the reminder goes out. */
export const reminderMinutes = integerSetting('interview.reminder-minutes', {
  default: 60,
  min: 10,
  max: 2880,
  unit: 'minutes',
});
const day = 86_400_000;

function mailData(interview: Interview, { language }: Pick<Reminder, 'language'>) {
  return {
    topic: interview.topic,
    when: writeDate(interview.startsAt, 'exact', language),
    department: interview.departmentName[language],
    url: `${config.baseUrl}/interviews/${interview._id}`,
  };
}

async function remind(interview: Interview): Promise<void> {
  const { _id: interviewId, startsAt } = interview;
  const due = await ReminderModel.find({
    interviewId,
    confirmedAt: { $ne: null },
    remindedFor: { $ne: startsAt },
  }).lean<Reminder[]>();
  for (const reminder of due) {
    await sendMail({
      to: reminder.address,
      template: 'interview/reminder',
      language: reminder.language,
      data: mailData(interview, reminder),
      topic: reminderTopic,
      onceKey: `interview-reminder ${reminder._id} ${startsAt.getTime()}`,
      until: new Date(startsAt.getTime() + interview.plannedMinutes * 60_000),
    });
    await ReminderModel.updateOne({ _id: reminder._id }, { $set: { remindedFor: startsAt } });
  }
}

/** Addresses go when they are no longer needed: never confirmed, or the interview is over for a week. */
async function forget(): Promise<void> {
  const moment = now().getTime();
  await ReminderModel.deleteMany({ confirmedAt: null, at: { $lt: new Date(moment - 3 * day) } });
  const ids = await ReminderModel.distinct('interviewId');
  const over = await InterviewModel.find(
    {
      _id: { $in: ids },
      state: { $in: ['closed', 'archived', 'cancelled'] },
      startsAt: { $lt: new Date(moment - 7 * day) },
    },
    { _id: 1 },
  ).lean<{ _id: string }[]>();
  if (over.length > 0) await ReminderModel.deleteMany({ interviewId: { $in: over.map(({ _id }) => _id) } });
}

/** Every five minutes: mails to those who asked for one, once for each start. */
export const remindJob = defineJob({
  name: 'interview.remind',
  input: z.object({}),
  cron: '*/5 * * * *',
  async run() {
    const moment = now();
    const until = new Date(moment.getTime() + reminderMinutes.value() * 60_000);
    const soon = await InterviewModel.find(
      { state: 'announced', startsAt: { $gt: moment, $lte: until } },
      { trail: 0 },
    ).lean<Interview[]>();
    for (const interview of soon) await remind(interview);
    await forget();
  },
});

/** Tells everyone who signed up that an interview is postponed or cancelled, and why. */
export const tellChangeJob = defineJob({
  name: 'interview.tell-change',
  input: z.object({ interviewId: z.string(), version: z.number() }),
  async run({ interviewId, version }) {
    const interview = await InterviewModel.findById(interviewId, { trail: 0 }).lean<Interview>();
    if (!interview?.change || interview.version !== version) return; // changed again since: that change tells
    const { kind, reason } = interview.change;
    const readers = await ReminderModel.find({ interviewId, confirmedAt: { $ne: null } }).lean<Reminder[]>();
    for (const reader of readers) {
      await sendMail({
        to: reader.address,
        template: `interview/${kind}`,
        language: reader.language,
        data: { ...mailData(interview, reader), reason },
        topic: reminderTopic,
        onceKey: `interview-change ${reader._id} ${version}`,
      });
    }
  },
});
