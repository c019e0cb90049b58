import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { begin, end, running } from '../clocks.ts';
import { departmentId, remark, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { moment, tellDepartment } from '../notices.ts';
import { placeOf } from '../places.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { levelRule } from '../rules.ts';

const schema = z.object({ ...whichLetter, departmentId, days: z.coerce.number().int().min(1).max(120), remark });

/** 下转: to a department below in the tree, with a time of its own that ends before the whole. */
export async function passDown(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, departmentId: below, days, remark: note } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'pass-down', version);
  const { lead } = letter;
  const place = await placeOf(below, 'departmentId');
  if (!lead || place.departmentId === lead.departmentId || !place.path.includes(lead.departmentId)) {
    throw invalid({ departmentId: { key: 'mailbox.errors.not-below' } });
  }
  const [at, calendar] = [now(), await workingCalendar()];
  const clocks = begin(end(letter.clocks, at, 'return'), 'level', levelRule(days), at, calendar);
  const own = running(clocks, 'level')?.deadline.dueAt;
  const total = running(clocks, 'answer')?.deadline.dueAt;
  if (own && total && own > total) throw invalid({ days: { key: 'mailbox.errors.longer-than-total' } });
  return moveLetter(actor, letter, 'pass-down', {
    set: { lead: place, passedFrom: [...letter.passedFrom, lead], handler: null, signedAt: null, clocks },
    note,
    data: { department: place.name, from: lead.name, dueAt: moment(own ?? null) },
    tell: [tellDepartment(letter, place.departmentId, 'assigned', calendar)],
  });
}
