import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { startClock } from '../../kernel/clock.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { planAnswer } from '../assignment.ts';
import { end } from '../clocks.ts';
import { departmentId, remark, several, whichLetter } from '../fields.ts';
import { procedures } from '../letter.ts';
import { moveLetter } from '../letterModel.ts';
import { moment, tellDepartment, tellWriter } from '../notices.ts';
import { placeOf } from '../places.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { returnRule } from '../rules.ts';
import { assistingMax } from '../settings.ts';

/** Where a letter goes: shared with giving it to another department. */
export const assignmentSchema = () =>
  z.object({
    ...whichLetter,
    departmentId,
    assisting: several(departmentId, assistingMax.value()),
    procedure: z.enum(procedures).optional(),
    remark,
  });

/** 交办: one lead department, any number of assisting ones; every deadline is decided now and frozen. */
export async function assignLetter(actor: Actor, input: unknown): Promise<Letter> {
  const given = parse(assignmentSchema(), input);
  const letter = await letterForAct(actor, given.letterId, 'assign', given.version);
  const { set, tell, data } = await assignment(letter, given, now());
  return moveLetter(actor, letter, 'assign', { set, note: given.remark, data, tell });
}

/** What giving a letter to these departments writes, and whom it tells. Throws a 422 for a department that is none. */
export async function assignment(letter: Letter, given: z.output<ReturnType<typeof assignmentSchema>>, at: Date) {
  const calendar = await workingCalendar();
  const procedure = given.procedure ?? letter.procedure;
  const lead = await placeOf(given.departmentId, 'departmentId');
  const others = [...new Set(given.assisting)].filter((other) => other !== lead.departmentId);
  const places = await Promise.all(others.map((other) => placeOf(other, 'assisting')));
  const plan = planAnswer({ ...letter, procedure }, at, calendar);
  const { dueAt } = plan.answer.deadline;
  const set: Partial<Letter> = {
    procedure,
    lead,
    passedFrom: [],
    handler: null,
    signedAt: null,
    assisting: places.map((place) => ({ ...place, clock: plan.assisting, opinion: null })),
    clocks: [...end(letter.clocks, at), startClock('return', returnRule(), at, calendar), plan.answer],
    marks: marksAfter(letter, places.length > 0),
    facts: {
      ...letter.facts,
      answerDueAt: letter.round === 1 ? dueAt : letter.facts.answerDueAt,
      departmentId: lead.departmentId,
      departmentName: lead.name,
    },
  };
  return {
    set,
    data: { department: lead.name, assisting: places.map(({ name }) => name).join('、'), dueAt: moment(dueAt) },
    tell: [
      tellWriter(letter, 'passed', calendar, { department: lead.name, dueAt: moment(dueAt) }),
      ...[lead, ...places].map((place) => tellDepartment(letter, place.departmentId, 'assigned', calendar)),
    ],
  };
}

function marksAfter(letter: Letter, joint: boolean): Letter['marks'] {
  const kept = letter.marks.filter((mark) => mark !== 'joint');
  return joint ? [...kept, 'joint'] : kept;
}
