import { createHash } from 'node:crypto';
import { now } from '../../kernel/time.ts';
import { isDuplicate } from '../../platform/database/errors.ts';
import { enqueue } from '../../platform/queue/queue.ts';
import { deliverMessage } from './deliverMessage.ts';
import { type Delivery, DeliveryModel } from './deliveryModel.ts';
import { isPostable, smsGateway, webhooks } from './settings.ts';

/** True when text messages can be sent at all. */
export const canSendTexts = (): boolean => isPostable(smsGateway.value().trim());

/** Sends a text message 短信 through the city's gateway. Asked for twice with one key, it is one message. */
export async function sendText(message: { to: string; text: string; onceKey: string }): Promise<void> {
  if (!canSendTexts()) return;
  const { to, text, onceKey } = message;
  await store('sms', smsGateway.value().trim(), onceKey, { to, text });
}

/** Tells every webhook that something happened. `data` holds identifiers and plain facts, nothing personal. */
export async function sendEvent(event: {
  name: string;
  data: Record<string, string | number | null>;
  onceKey: string;
}): Promise<void> {
  const { name, data, onceKey } = event;
  for (const line of webhooks.value()) {
    const url = line.trim();
    if (isPostable(url)) await store('webhook', url, onceKey, { event: name, ...data });
  }
}

async function store(channel: Delivery['channel'], url: string, onceKey: string, content: object): Promise<void> {
  const deliveryId = createHash('sha256').update(`${onceKey}\n${url}`).digest('base64url').slice(0, 32);
  const at = now();
  const body = JSON.stringify({ id: deliveryId, at: at.toISOString(), ...content });
  const row = { _id: deliveryId, channel, url, body, state: 'queued', attempts: 0, lastAnswer: '', createdAt: at };
  try {
    await DeliveryModel.collection.insertOne(row as never);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  // Also for one stored before: whoever stored it may have died before this line
  await enqueue(deliverMessage, { deliveryId }, { onceKey: `message ${deliveryId}` });
}
