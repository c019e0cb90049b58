import { z } from 'zod';
import { config } from '../../config.ts';
import { newId } from '../../kernel/id.ts';
import { languages } from '../../kernel/language.ts';
import { now } from '../../kernel/time.ts';
import { enqueue } from '../../platform/queue/queue.ts';
import { sendMailJob } from '../jobs.ts';
import { type Mail, storeMail } from '../mailModel.ts';
import { renderMail } from '../render.ts';
import { isMailWanted, unsubscribeToken } from '../subscription.ts';

const schema = z.object({
  to: z.email().max(254),
  /** `identity/code` → views/mails/identity/code.{text,html}.hbs */
  template: z.string().regex(/^[a-z][a-z-]*(\/[a-z][a-z-]*)+$/),
  language: z.enum(languages),
  data: z.record(z.string(), z.unknown()).default({}),
  /** However often it is asked for with this key, it is sent once. */
  onceKey: z.string().max(200).optional(),
  /** Mails with a topic can be cancelled by the reader; mails without (codes, answers) are always sent. */
  topic: z
    .string()
    .regex(/^[a-z][a-z-]{0,40}$/)
    .optional(),
  /** Somebody waits for it in front of the screen: goes before all that is not urgent. */
  urgent: z.boolean().default(false),
  /** Not sent after this moment. */
  until: z.date().optional(),
});
export type MailRequest = z.input<typeof schema>;

/**
 * Sends a mail: renders it now, stores it, and leaves the rest to the queue, which brings it away at least once.
 * Gives the number of the mail, or null when it was sent before or its reader does not want such mails.
 */
export async function sendMail(request: MailRequest): Promise<string | null> {
  const { to, template, language, data, topic, onceKey, until, urgent } = schema.parse(request);
  if (topic !== undefined && !(await isMailWanted(to, topic))) return null;
  const unsubscribeUrl =
    topic === undefined ? undefined : `${config.baseUrl}/mails/unsubscribe/${unsubscribeToken(to, topic)}`;
  const rendered = await renderMail(template, language, data, unsubscribeUrl);
  const mail: Mail = {
    _id: newId(16),
    state: 'queued',
    template,
    language,
    to,
    ...rendered,
    headers: headersFor(unsubscribeUrl),
    attempts: 0,
    createdAt: now(),
    ...(topic === undefined ? {} : { topic }),
    ...(onceKey === undefined ? {} : { onceKey }),
    ...(until === undefined ? {} : { until }),
  };
  if (!(await storeMail(mail))) return null;
  await enqueue(sendMailJob, { mailId: mail._id }, { onceKey: `mail ${mail._id}`, urgent });
  return mail._id;
}

/** RFC 8058: one click without signing in. Auto-Submitted keeps absence notices from coming back. */
function headersFor(unsubscribeUrl: string | undefined): Record<string, string> {
  const automatic = { 'Auto-Submitted': 'auto-generated' };
  if (unsubscribeUrl === undefined) return automatic;
  return {
    ...automatic,
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
