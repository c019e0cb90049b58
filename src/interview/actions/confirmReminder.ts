import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { setMailWanted } from '../../notification/index.ts';
import { id } from '../fields.ts';
import { ReminderModel, reminderTopic, type Reminder } from '../reminders/reminderModel.ts';

const schema = z.object({ interviewId: id, token: z.string().max(40) });

/** Gives the wish that a link from a mail names, or a 404. */
export async function findReminder(input: unknown): Promise<Reminder> {
  const { interviewId, token } = parse(schema, input);
  const reminder = await ReminderModel.findOne({ interviewId, token }).lean<Reminder>();
  if (!reminder) throw notFound('interview-archive.errors.reminder-gone');
  return reminder;
}

/** Whoever reads the address says that they want the reminder; an earlier no to such mails is lifted by that. */
export async function confirmReminder(_actor: Actor, input: unknown): Promise<void> {
  const reminder = await findReminder(input);
  await ReminderModel.updateOne({ _id: reminder._id, confirmedAt: null }, { $set: { confirmedAt: now() } });
  await setMailWanted(reminder.address, reminderTopic, true);
}
