import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { reason } from '../fields.ts';
import { withoutDepartment } from '../leaving.ts';
import { moveLetter } from '../letterModel.ts';
import { tellDepartment } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { assignment, assignmentSchema } from './assignLetter.ts';

const schema = () => assignmentSchema().extend({ reason: reason() });

/** 改派: takes a letter from the department that has it and gives it to another, with a reason; both are told. */
export async function reassignLetter(actor: Actor, input: unknown): Promise<Letter> {
  const given = parse(schema(), input);
  const letter = await letterForAct(actor, given.letterId, 'reassign', given.version);
  const before = letter.lead;
  if (before?.departmentId === given.departmentId) {
    throw invalid({ departmentId: { key: 'mailbox.errors.same-department' } });
  }
  const at = now();
  const left = withoutDepartment(letter, at);
  const { set, tell, data } = await assignment({ ...letter, ...left }, given, at);
  const told = before ? [tellDepartment(letter, before.departmentId, 'recalled', await workingCalendar())] : [];
  return moveLetter(actor, letter, 'reassign', {
    set: { ...left, ...set },
    note: given.reason,
    data: { ...data, from: before?.name ?? '' },
    tell: [...tell, ...told],
  });
}
