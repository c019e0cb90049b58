import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { remark, tick, whichLetter } from '../fields.ts';
import { satisfactions } from '../letter.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { sampleNamed } from '../resurveySample.ts';
import { systemOrder, withMark } from '../supervision.ts';

const schema = z.object({
  ...whichLetter,
  /** Name of the sample that the letter was drawn into. */
  sample: z.string().trim().min(1).max(80),
  /** Nothing said is no answer: a call that was not made is not one that reached nobody. */
  reached: z
    .union([z.boolean(), z.string().min(1).max(10)], say('errors.required'))
    .transform((value) => tick.parse(value)),
  satisfaction: z.enum(satisfactions).optional(),
  solved: z.enum(['yes', 'no']).optional(),
  remark,
});

/** 电话回访: what the writer said on the telephone, apart from their own rating. Dissatisfied means a supervision order. */
export async function recordResurvey(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, sample, reached, satisfaction, solved, remark: note } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'resurvey', version);
  if (!(await sampleNamed(sample))?.letterIds.includes(letterId)) {
    throw invalid({ sample: { key: 'mailbox.errors.not-in-sample' } });
  }
  if (reached && !satisfaction) throw invalid({ satisfaction: { key: 'errors.required' } });
  const at = now();
  const resurvey = {
    id: newId(),
    sample,
    reached,
    satisfaction: reached ? (satisfaction ?? null) : null,
    solved: reached && solved ? solved === 'yes' : null,
    note,
    at,
    by: doerOf(actor),
  };
  const bad = resurvey.satisfaction === 'dissatisfied';
  const order = bad ? systemOrder(letter, 'dissatisfied-at-resurvey', at, await workingCalendar()) : null;
  return moveLetter(actor, letter, 'resurvey', {
    set: {
      resurveys: [...letter.resurveys, resurvey],
      ...(order ? { orders: [...letter.orders, order.order], marks: withMark(letter.marks, 'supervised') } : {}),
    },
    note,
    data: { sample, satisfaction: resurvey.satisfaction },
    tell: order ? [order.notice] : [],
  });
}
