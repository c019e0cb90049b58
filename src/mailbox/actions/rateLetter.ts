import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { remark } from '../fields.ts';
import { satisfactions } from '../letter.ts';
import { moveLetter } from '../letterModel.ts';
import { closesAtOnce } from '../publication.ts';
import { systemOrder, withMark } from '../supervision.ts';
import type { Letter } from '../record.ts';
import { reasonLengthMin } from '../settings.ts';
import { writerFields, writersLetterForAct } from '../writerAccess.ts';

const schema = z.object({
  ...writerFields,
  satisfaction: z.enum(satisfactions, say('errors.required')),
  solved: z.enum(['yes', 'no'], say('errors.required')),
  reason: remark,
});

/**
 * 评价: once a reply, how satisfied and, apart from it, whether solved; a reason when not satisfied. Satisfied letters
 * close at the next round of the timetable; dissatisfied again after re-handling means a supervision order.
 */
export async function rateLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { number, code, satisfaction, solved, reason } = parse(schema, input);
  const letter = await writersLetterForAct(actor, { number, code }, 'rate');
  if (letter.rating) throw conflict('mailbox.errors.rated-already');
  const dissatisfied = satisfaction === 'dissatisfied';
  if (dissatisfied && reason.length < reasonLengthMin.value()) {
    throw invalid({ reason: { key: 'mailbox.errors.reason-for-dissatisfied' } });
  }
  const at = now();
  const rating = { round: letter.round, satisfaction, solved: solved === 'yes', reason, at };
  const order =
    dissatisfied && letter.round > 1 ? systemOrder(letter, 'dissatisfied-again', at, await workingCalendar()) : null;
  return moveLetter(actor, letter, 'rate', {
    set: {
      rating,
      ratingReminderAt: null,
      ...(closesAtOnce(letter, rating) ? { closeAt: at } : {}),
      ...(order ? { orders: [...letter.orders, order.order] } : {}),
      marks: withMark(
        letter.marks.filter((mark) => mark !== 'dissatisfied'),
        ...(dissatisfied ? (['dissatisfied'] as const) : []),
        ...(order ? (['supervised'] as const) : []),
      ),
      facts: { ...letter.facts, satisfaction, solved: solved === 'yes', ratedAt: at },
    },
    data: { satisfaction, solved },
    note: reason,
    tell: order ? [order.notice] : [],
  });
}
