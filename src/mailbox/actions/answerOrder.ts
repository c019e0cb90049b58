import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { id, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { answersFor, letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';

const schema = z.object({ ...whichLetter, orderId: id, text: typedText({ min: 5, max: 2000 }) });

/** 督办反馈: the department says what it did about a supervision order. */
export async function answerOrder(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, orderId, text } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'answer-order', version);
  const order = letter.orders.find((one) => one.id === orderId);
  if (!order || order.answer) throw conflict('mailbox.errors.nothing-to-decide');
  if (!answersFor(actor, order, 'handler', 'head')) throw forbidden('mailbox.errors.not-your-part');
  const answer = { text, at: now(), by: doerOf(actor) };
  const orders = letter.orders.map((one) => (one.id === orderId ? { ...one, answer } : one));
  const marks = orders.every((one) => one.answer) ? letter.marks.filter((mark) => mark !== 'supervised') : letter.marks;
  return moveLetter(actor, letter, 'answer-order', { set: { orders, marks }, note: text });
}
