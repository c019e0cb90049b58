import { listSetting, textSetting } from '../../platform/settings.ts';

/** Where text messages go; empty: none are sent. */
export const smsGateway = textSetting('notification.sms-gateway', { default: '', max: 300 });
/** Programs that are told what happens, one address a line. */
export const webhooks = listSetting('notification.webhooks', { default: [], max: 20 });

/** An address we may post to: https, or http on this very machine. */
export function isPostable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username } = new URL(url);
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && here));
}
