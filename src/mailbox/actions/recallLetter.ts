import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { z } from 'zod';
import { begin } from '../clocks.ts';
import { reason, whichLetter } from '../fields.ts';
import { withoutDepartment } from '../leaving.ts';
import { moveLetter } from '../letterModel.ts';
import { tellDepartment } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { assignRule } from '../rules.ts';

const schema = () => z.object({ ...whichLetter, reason: reason() });

/** 撤回交办: the clerk takes a letter back that went to the wrong place; it waits to be assigned again. */
export async function recallLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, reason: why } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'recall', version);
  const [at, calendar] = [now(), await workingCalendar()];
  const left = withoutDepartment(letter, at);
  return moveLetter(actor, letter, 'recall', {
    set: { ...left, clocks: begin(left.clocks, 'assign', assignRule(letter.urgency), at, calendar) },
    note: why,
    data: { department: letter.lead?.name ?? '' },
    tell: letter.lead ? [tellDepartment(letter, letter.lead.departmentId, 'recalled', calendar)] : [],
  });
}
