import { z } from 'zod';
import { config } from '../../config.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { emailField } from '../../kernel/typedLine.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { sendMail } from '../../notification/index.ts';
import { isDuplicate } from '../../platform/database/errors.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { id } from '../fields.ts';
import { findInterview } from '../interviewModel.ts';
import { canSee } from '../policy.ts';
import { ReminderModel, type Reminder } from '../reminders/reminderModel.ts';

const schema = z.object({
  interviewId: id,
  email: emailField('interview-archive.errors.not-an-address'),
});

/**
 * Somebody asks for a mail before an interview begins. A first mail asks whether they meant it; until that is
 * confirmed nothing else is sent. Says the same whether the address is known already or not.
 */
export async function askReminder(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, email } = parse(schema, input);
  const interview = await findInterview(interviewId);
  if (!canSee(actor, interview)) throw notFound('interview.errors.not-found');
  if (interview.state !== 'announced') throw conflict('interview-archive.errors.no-reminder');
  const fresh = { _id: newId(), token: newId(24), language: actor.language, at: now(), confirmedAt: null };
  // inserted, not upserted: the form sent twice at the same moment finds the other's row by the unique index
  if (!(await ReminderModel.exists({ interviewId, address: email }))) {
    try {
      await ReminderModel.create({ ...fresh, interviewId, address: email, remindedFor: null });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
  const reminder = await ReminderModel.findOne({ interviewId, address: email }).lean<Reminder>();
  if (!reminder || reminder.confirmedAt) return;
  await sendMail({
    to: email,
    template: 'interview/reminder-confirm',
    language: actor.language,
    data: {
      topic: interview.topic,
      when: writeDate(interview.startsAt, 'exact', actor.language),
      url: `${config.baseUrl}/interviews/${interviewId}/reminder/${reminder.token}`,
    },
    // However often the form is sent, an address hears once an hour
    onceKey: `interview-reminder-confirm ${reminder._id} ${Math.floor(now().getTime() / 3_600_000)}`,
    until: interview.startsAt,
  });
}
