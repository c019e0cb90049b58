import { z } from 'zod';
import { now } from '../../kernel/time.ts';
import { defineJob } from '../../platform/queue/queue.ts';
import { type Delivery, DeliveryModel } from './deliveryModel.ts';
import { signMessage } from './signature.ts';

const seconds = 10;
/** Answers after which another try makes sense. Everything else below 500 is a refusal for good. */
const later = [408, 425, 429];

/** Posts one message; tried for about half a day. The identifier stays the same, so a receiver takes it once. */
export const deliverMessage = defineJob({
  name: 'notification.deliver-message',
  input: z.object({ deliveryId: z.string() }),
  attempts: 18,
  backoffSeconds: 15,
  async run({ deliveryId }, { last }) {
    const delivery = await DeliveryModel.findById(deliveryId).lean<Delivery>();
    if (!delivery || delivery.state !== 'queued' || delivery.body === undefined) return;
    const answer = await post(delivery, delivery.body);
    // 409: it was there already, an earlier answer of theirs was lost
    const arrived = (answer >= 200 && answer < 300) || answer === 409;
    const refused = !arrived && answer >= 300 && answer < 500 && !later.includes(answer);
    const state = arrived ? 'sent' : refused || last ? 'failed' : 'queued';
    await DeliveryModel.updateOne(
      { _id: deliveryId },
      {
        $set: { state, lastAnswer: String(answer) },
        $inc: { attempts: 1 },
        ...(state === 'queued' ? {} : { $unset: { body: 1 } }),
      },
    );
    if (state === 'queued') throw new Error(`The receiver answered ${answer}`);
  },
});

/** Gives the status of the answer, 0 when there was none. */
async function post({ _id, url }: Delivery, body: string): Promise<number> {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Wenzheng',
    'wenzheng-id': _id,
    'wenzheng-signature': signMessage(_id, body, now()),
  };
  try {
    const signal = AbortSignal.timeout(seconds * 1000);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
