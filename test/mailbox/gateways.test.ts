import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { setClock } from '../../src/kernel/time.ts';
import { sendText } from '../../src/notification/index.ts';
import { deliverMessage } from '../../src/notification/gateways/deliverMessage.ts';
import { DeliveryModel } from '../../src/notification/gateways/deliveryModel.ts';
import { isOurs } from '../../src/notification/gateways/signature.ts';
import { isPostable } from '../../src/notification/gateways/settings.ts';
import { deliverLetters } from '../../src/mailbox/jobs.ts';
import { declareJobs, runDueJobs } from '../../src/platform/queue/queue.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useDatabase } from '../support/database.ts';
import { letterText, mailboxModels, writeLetter } from '../support/mailbox.ts';

useDatabase([...mailboxModels, DeliveryModel]);

interface Taken {
  id: string;
  signature: string;
  body: string;
}
/** A gateway that keeps to the contract: checks, takes each message once, and can be made to fail. */
const taken: Taken[] = [];
let answers: number[] = [];
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const status = answers.shift() ?? 200;
      const id = String(request.headers['wenzheng-id']);
      if (status === 200) taken.push({ id, signature: String(request.headers['wenzheng-signature']), body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await storeSetting('notification.sms-gateway', `${base}/sms`, 'test');
  await storeSetting('notification.webhooks', [`${base}/events`], 'test');
  declareJobs([deliverMessage, deliverLetters]);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
afterEach(() => {
  setClock();
  taken.length = 0;
  answers = [];
});

it('tells a writer by text message and a program by a signed event without anything personal', async () => {
  const { number } = await writeLetter({ way: 'both' });
  await runDueJobs();
  const [text, event] = ['"to"', '"event"'].map((part) => taken.find(({ body }) => body.includes(part)));
  expect(JSON.parse(text?.body ?? '{}')).toMatchObject({ to: letterText.phone, text: expect.stringContaining(number) });
  expect(JSON.parse(event?.body ?? '{}')).toMatchObject({ event: 'letter.received', number });
  for (const secret of [letterText.phone, letterText.name, letterText.title]) expect(event?.body).not.toContain(secret);
  for (const { id, signature, body } of taken) {
    expect(isOurs(signature, id, body, new Date())).toBe(true);
    expect(isOurs(signature, id, `${body} `, new Date())).toBe(false);
    expect(isOurs(signature, 'another', body, new Date())).toBe(false);
    expect(isOurs(signature, id, body, new Date(Date.now() + 400_000))).toBe(false);
  }
  expect(await DeliveryModel.countDocuments({ body: { $exists: true } })).toBe(0);
});

it('tries again under the same identifier while the gateway is away, and asks twice for nothing', async () => {
  answers = [503, 500];
  const message = { to: '13900000000', text: '测试', onceKey: 'again' };
  await sendText(message);
  await sendText(message);
  for (let hour = 0; hour < 4; hour += 1) {
    setClock(() => new Date(Date.now() + hour * 3_600_000));
    await runDueJobs();
  }
  expect(taken).toHaveLength(1);
  expect(await DeliveryModel.findById(taken[0]?.id).lean()).toMatchObject({ state: 'sent', attempts: 3 });
});

it('takes a refusal for an answer', async () => {
  answers = [400];
  await sendText({ to: '13900000000', text: '测试', onceKey: 'refused' });
  await runDueJobs();
  expect(await DeliveryModel.findOne({ state: 'failed' }).lean()).toMatchObject({ attempts: 1, lastAnswer: '400' });
});

it.each([
  ['https://sms.example.com/send', true],
  ['http://127.0.0.1:8080/x', true],
  ['http://sms.example.com/', false],
  ['https://user:secret@sms.example.com/', false],
  ['file:///etc/passwd', false],
  ['', false],
])('posts to %s: %s', (url, allowed) => {
  expect(isPostable(url)).toBe(allowed);
});
