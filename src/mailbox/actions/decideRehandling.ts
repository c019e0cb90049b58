import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { planAnswer } from '../assignment.ts';
import { remark, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { moment, tellDepartment, tellWriter } from '../notices.ts';
import { placeOf } from '../places.ts';
import type { Place } from '../trailRecord.ts';
import { departmentById } from '../../organization/index.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { withMark } from '../supervision.ts';

const schema = z.object({
  ...whichLetter,
  decision: z.enum(['grant', 'refuse'], say('errors.required')),
  /** Another department than before, if one is named. */
  departmentId: z.string().max(40).default(''),
  remark,
});

/** 重办决定: granted, the letter goes to a department once more with a new deadline; refused, the writer is told why. */
/** Where it goes: where it was, unless another one is named; a department that ended since gets nothing more. */
async function leadFor({ lead }: Letter, departmentId: string): Promise<Place> {
  if (departmentId || !lead) return placeOf(departmentId, 'departmentId');
  return (await departmentById(lead.departmentId))?.active ? lead : placeOf('', 'departmentId');
}

export async function decideRehandling(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, decision, departmentId, remark: text } = parse(schema, input);
  const verb = decision === 'grant' ? 'grant-rehandling' : 'refuse-rehandling';
  const letter = await letterForAct(actor, letterId, verb, version);
  const { rehandling } = letter;
  if (rehandling?.state !== 'asked') throw conflict('mailbox.errors.nothing-to-decide');
  const [at, calendar] = [now(), await workingCalendar()];
  const marks = letter.marks.filter((mark) => mark !== 'rehandling-asked');
  if (decision === 'refuse') {
    if (!text) throw invalid({ remark: { key: 'errors.required' } });
    return moveLetter(actor, letter, verb, {
      set: { rehandling: { ...rehandling, state: 'refused', remark: text, decidedAt: at }, closeAt: at, marks },
      note: text,
      tell: [tellWriter(letter, 'rehandling-refused', calendar, { reason: text })],
    });
  }
  const lead = await leadFor(letter, departmentId);
  const { answer } = planAnswer({ ...letter, procedure: 'ordinary' }, at, calendar);
  const dueAt = moment(answer.deadline.dueAt);
  return moveLetter(actor, letter, verb, {
    set: {
      ...again(letter),
      lead,
      clocks: [answer],
      rehandling: { ...rehandling, state: 'granted', remark: text, decidedAt: at },
      marks: withMark(marks, 'rehandled'),
      facts: { ...letter.facts, rehandled: true },
    },
    note: text,
    data: { department: lead.name, dueAt },
    tell: [
      tellWriter(letter, 'rehandling-granted', calendar, { department: lead.name, dueAt }),
      tellDepartment(letter, lead.departmentId, 'assigned', calendar),
    ],
  });
}

/** What begins anew with a second round. */
const again = (letter: Letter): Partial<Letter> => ({
  procedure: letter.procedure === 'petition' ? 'petition' : 'ordinary',
  round: letter.round + 1,
  passedFrom: [],
  handler: null,
  signedAt: null,
  assisting: [],
  pastClocks: [...letter.pastClocks, ...letter.clocks],
  pastRatings: letter.rating ? [...letter.pastRatings, letter.rating] : letter.pastRatings,
  rating: null,
  extension: null,
  ratingReminderAt: null,
  closeAt: null,
  closedAt: null,
});
