import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { departmentById } from '../../organization/index.ts';
import { end } from '../clocks.ts';
import { reason, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { tellDepartment } from '../notices.ts';
import { placeOf } from '../places.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import type { Place } from '../trailRecord.ts';

const schema = () => z.object({ ...whichLetter, reason: reason() });

/** 上报: back to the department it came from, otherwise to the one above, with a reason. The total goes on. */
export async function passUp(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, reason: why } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'pass-up', version);
  const above = letter.passedFrom.at(-1) ?? (await parentOf(letter));
  const [at, calendar] = [now(), await workingCalendar()];
  return moveLetter(actor, letter, 'pass-up', {
    set: {
      lead: above,
      passedFrom: letter.passedFrom.slice(0, -1),
      handler: null,
      signedAt: null,
      clocks: end(letter.clocks, at, 'level', 'return'),
    },
    note: why,
    data: { department: above.name, from: letter.lead?.name ?? '' },
    tell: [tellDepartment(letter, above.departmentId, 'assigned', calendar)],
  });
}

/** The city itself works on no letters: below it there is nobody higher. */
async function parentOf({ lead }: Letter): Promise<Place> {
  const parentId = lead ? (await departmentById(lead.departmentId))?.parentId : null;
  const parent = parentId ? await departmentById(parentId) : undefined;
  if (!parent?.parentId) throw conflict('mailbox.errors.nobody-above');
  return placeOf(parent.id, 'departmentId');
}
