import { createHmac, timingSafeEqual } from 'node:crypto';
import { secretFor } from '../../config.ts';

/** Seconds for which a signature is worth something: an older message is a replay. */
export const signatureSeconds = 300;

/** The key that both sides know; docs/notifications.md says how the other side gets it. */
export const gatewayKey = (): string => secretFor('gateway');

/** `t=1790000000,v1=<hex>`: HMAC-SHA-256 of moment, identifier and body. A receiver checks all three. */
export function signMessage(id: string, body: string, at: Date, key = gatewayKey()): string {
  const moment = Math.floor(at.getTime() / 1000);
  return `t=${moment},v1=${createHmac('sha256', key).update(`${moment}.${id}.${body}`).digest('hex')}`;
}

/** What a receiver does: true when the message is ours and fresh. Here for tests and as an example. */
export function isOurs(signature: string, id: string, body: string, at: Date, key = gatewayKey()): boolean {
  const moment = Number(/^t=(\d+),/.exec(signature)?.[1]);
  if (!(Math.abs(at.getTime() / 1000 - moment) <= signatureSeconds)) return false;
  const expected = Buffer.from(signMessage(id, body, new Date(moment * 1000), key));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
