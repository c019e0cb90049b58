import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { reason, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { orderFor, withMark } from '../supervision.ts';

const schema = () => z.object({ ...whichLetter, reason: reason() });

/** 督办: a supervision order to the department that has, or answered, the letter. */
export async function orderSupervision(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, reason: cause } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'order-supervision', version);
  if (!letter.lead) throw conflict('mailbox.errors.no-department-yet');
  const given = { cause, by: doerOf(actor), at: now(), calendar: await workingCalendar() };
  const { order, notice } = orderFor(letter, letter.lead, given);
  return moveLetter(actor, letter, 'order-supervision', {
    set: { orders: [...letter.orders, order], marks: withMark(letter.marks, 'supervised') },
    note: cause,
    data: { department: letter.lead.name },
    tell: [notice],
  });
}
