import { Router } from 'express';
import type { Feature } from '../feature.ts';
import { ShelvedLetterModel } from '../platform/mailShelf.ts';
import { deliverMessage } from './gateways/deliverMessage.ts';
import { DeliveryModel } from './gateways/deliveryModel.ts';
import { pickUpMailsJob, removeOldMailsJob, sendMailJob } from './jobs.ts';
import { MailModel } from './mailModel.ts';
import { PreferenceModel } from './preference.ts';
import { outboxRoutes } from './outboxRoutes.ts';
import { canReadOutbox } from './policy.ts';
import { SuppressionModel } from './subscription.ts';
import { unsubscribeHook, unsubscribePages } from './unsubscribeRoutes.ts';

export { type MailRequest, sendMail } from './actions/sendMail.ts';
export { useMailer } from './deliver.ts';
export { forgetMailsTo } from './mailModel.ts';
export { canSendTexts, sendEvent, sendText } from './gateways/sendMessage.ts';
export { changePreference } from './actions/changePreference.ts';
export {
  defaultPreference,
  extents,
  forgetPreference,
  type Preference,
  preferenceFields,
  preferenceOf,
  wants,
  wantsMail,
  wantsText,
  ways,
} from './preference.ts';
export { preferenceView } from './preferenceView.ts';
export { isMailWanted, setMailWanted } from './subscription.ts';

/** Mails 邮件通知: written from templates, sent by the queue, cancelled by one click. */
export const notification: Feature = {
  name: 'notification',
  models: [MailModel, PreferenceModel, DeliveryModel, ShelvedLetterModel, SuppressionModel],
  jobs: [sendMailJob, deliverMessage, pickUpMailsJob, removeOldMailsJob],
  hooks: unsubscribeHook,
  pages: Router().use(unsubscribePages),
  office: Router().use(outboxRoutes),
  navigation: [
    { area: 'office', key: 'notification.outbox.title', href: '/office/outbox', order: 900, allowed: canReadOutbox },
  ],
};
