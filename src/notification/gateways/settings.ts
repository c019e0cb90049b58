import { listSetting, textSetting } from '../../platform/settings.ts';

/** Where text messages go; empty: none are sent. */
export const smsGateway = textSetting('notification.sms-gateway', { default: '', max: 300, says: 'address' });
/** Programs that are told what happens, one address a line. */
export const webhooks = listSetting('notification.webhooks', { default: [], max: 20, says: 'address' });

export { isPostable } from '../../platform/settings.ts';
